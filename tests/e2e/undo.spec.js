// Steps of the project, taken back and made again: nothing that a person made is lost without a way back.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const open = (postproof, rules = "/casino/ REJECT no\n") => postproof.open(linkWith(project(rules, "Subject: casino\n\n")));
const undo = (page) => page.keyboard.press("Control+Alt+z");
const redo = (page) => page.keyboard.press("Control+Alt+Shift+z");

test("a removed table comes back by key, with what was typed elsewhere since", async ({ postproof, page }) => {
  await open(postproof);
  await postproof.table("header_checks").click();
  await page.keyboard.press("Delete");
  await expect(postproof.table("header_checks")).toHaveCount(0);
  await postproof.paste(postproof.input, "Subject: casino\nX-Typed: since\n\n");
  await undo(page);
  await expect(postproof.table("header_checks")).toBeVisible();
  await expect(postproof.verdict).toContainText("Rejected");
  expect(await postproof.read(postproof.input)).toContain("X-Typed");
  await redo(page);
  await expect(postproof.table("header_checks")).toHaveCount(0);
});

test("a table that comes back has its own undo of typing still", async ({ postproof, page }) => {
  await open(postproof);
  await postproof.paste(postproof.rules, "/other/ REJECT\n");
  await postproof.table("header_checks").click();
  await page.keyboard.press("Delete");
  await undo(page);
  await postproof.text(postproof.rules).click();
  await page.keyboard.press("Control+z");
  expect(await postproof.read(postproof.rules)).toBe("/casino/ REJECT no\n");
});

test("several steps go back one after the other, and the buttons say which", async ({ postproof, page }) => {
  await open(postproof);
  await page.getByRole("button", { name: "Nothing to undo" }).waitFor();
  await page.getByRole("button", { name: "Name and use of header_checks" }).click();
  await page.getByLabel("Name", { exact: true }).fill("mine");
  await page.getByRole("button", { name: "Done" }).click();
  await postproof.inputTab("Session").click();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Undo: Session is removed." }).click();
  await expect(postproof.inputTab("Session")).toBeVisible();
  await page.getByRole("button", { name: "Undo: The settings of header_checks are changed." }).click();
  await expect(postproof.table("header_checks")).toBeVisible();
  await page.getByRole("button", { name: "Redo: The settings of header_checks are changed." }).click();
  await expect(postproof.table("mine")).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test("a mended line is unmended by the page, and by the editor", async ({ postproof, page }) => {
  const RULES = "/~Subject:/ REJECT no\n";
  await open(postproof, RULES);
  const mend = postproof.problems.getByRole("button", { name: /Mend line/ }).first();
  await mend.click();
  await expect.poll(() => postproof.read(postproof.rules)).not.toBe(RULES);
  const mended = await postproof.read(postproof.rules);
  await undo(page);
  await expect.poll(() => postproof.read(postproof.rules)).toBe(RULES);
  await redo(page);
  await expect.poll(() => postproof.read(postproof.rules)).toBe(mended);
  await postproof.text(postproof.rules).click();
  await page.keyboard.press("Control+z");
  await expect.poll(() => postproof.read(postproof.rules)).toBe(RULES);
  // What was undone by hand is no step any more.
  await undo(page);
  await expect(page.getByRole("button", { name: "Nothing to undo" })).toBeVisible();
});

test("another project, an example and starting anew lead back", async ({ postproof, page }) => {
  await open(postproof);
  await postproof.paste(postproof.rules, "/mine/ REJECT\n");
  await page.evaluate(() => (location.hash = "example/s25r"));
  await expect(postproof.table("rejections")).toBeVisible();
  await page.getByRole("button", { name: "Help and keys" }).click();
  await page.getByRole("button", { name: "Forget everything on this device" }).click();
  await page.keyboard.press("Escape");
  await expect(postproof.table("body_checks")).toBeVisible();
  await expect(postproof.notices).toContainText("Started anew");
  await undo(page);
  await expect(postproof.table("main.cf")).toBeVisible();
  await undo(page);
  expect(await postproof.read(postproof.rules)).toBe("/mine/ REJECT\n");
});

test("Control and Z in an editor undo typing and nothing else; outside of text they undo a step", async ({ postproof, page }) => {
  await open(postproof);
  await postproof.inputTab("Session").click();
  await page.keyboard.press("Delete");
  await postproof.text(postproof.rules).click();
  await page.keyboard.type("# ");
  await page.keyboard.press("Control+z");
  expect(await postproof.read(postproof.rules)).toBe("/casino/ REJECT no\n");
  await page.keyboard.press("Control+z");
  await expect(postproof.inputTab("Session")).toHaveCount(0);
  await postproof.inputTab("Message").click();
  await page.keyboard.press("Control+z");
  await expect(postproof.inputTab("Session")).toBeVisible();
});
