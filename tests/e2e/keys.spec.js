// Every key of the help sheet does what the sheet says; the sheet is made of the table that the page listens by.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const RULES = "/~Subject:/ REJECT one\n/b/ REJECT two\n/~From:/ REJECT three\n";
const open = (postproof, rules = RULES) => postproof.open(linkWith(project(rules, "Subject: casino\n\n")));

test.use({ viewport: { width: 1440, height: 900 } });

/** The keys of a place as the sheet has them. */
const sheet = async (page, place) => {
  await page.getByRole("button", { name: "Help and keys" }).click();
  const rows = page.locator("#help-dialog").locator(`h4:text-is("${place}") + dl > dt`);
  const chords = await rows.locator("span").allTextContents();
  await page.keyboard.press("Escape");
  await expect(page.locator("#help-dialog")).toBeHidden();
  return chords;
};

test("everywhere", async ({ postproof, page }) => {
  await open(postproof);
  expect(await sheet(page, "Everywhere")).toEqual(["F1", "?", "Ctrl+Alt+Z", "Ctrl+Z", "Ctrl+Alt+Shift+Z", "Ctrl+Y"]);
  const help = page.locator("#help-dialog");
  for (const key of ["F1", "?"]) {
    await postproof.inputTab("Message").click();
    await page.keyboard.press(key);
    await expect(help).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
  }
  for (const [undo, redo] of [["Control+Alt+z", "Control+Alt+Shift+z"], ["Control+z", "Control+y"]]) {
    await postproof.inputTab("Session").click();
    await page.keyboard.press("Delete");
    await expect(postproof.inputTab("Session")).toHaveCount(0);
    await page.keyboard.press(undo);
    await expect(postproof.inputTab("Session")).toHaveCount(1);
    await page.keyboard.press(redo);
    await expect(postproof.inputTab("Session")).toHaveCount(0);
    await page.keyboard.press(undo);
  }
});

test("on a tab", async ({ postproof, page }) => {
  await open(postproof);
  const keys = ["←", "→", "Home", "End", "F2", "Delete", "Ctrl+Shift+←", "Ctrl+Shift+→"];
  expect(await sheet(page, "On a tab")).toEqual(keys);
  await postproof.inputTab("Message").click();
  for (const [key, name] of [["ArrowRight", "Hosts"], ["ArrowLeft", "Message"], ["End", "Log"], ["Home", "Message"]]) {
    await page.keyboard.press(key);
    await expect(postproof.inputTab(name)).toBeFocused();
  }
  await page.keyboard.press("Control+Shift+ArrowRight");
  await expect(postproof.input.getByRole("tab")).toHaveText(["Hosts", "Message", "Session", "Log"]);
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await expect(postproof.input.getByRole("tab")).toHaveText(["Message", "Hosts", "Session", "Log"]);
  await page.keyboard.press("F2");
  await expect(page.locator("#input-dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await postproof.inputTab("Message").focus();
  await page.keyboard.press("Delete");
  await expect(postproof.inputTab("Message")).toHaveCount(0);
});

test("in an editor", async ({ postproof, page }) => {
  await open(postproof);
  expect(await sheet(page, "In an editor")).toEqual([
    "EscTab", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+F", "F8", "Shift+F8", "Ctrl+Shift+M", "Ctrl+/", "Alt+↑", "Alt+↓",
    "Alt+Shift+↑", "Alt+Shift+↓", "Ctrl+Shift+K",
  ]);
  const lines = async () => (await postproof.read(postproof.rules)).trimEnd().split("\n").map((line) => line.split(" ").pop());
  const is = (...wanted) => expect.poll(lines).toEqual(wanted);
  await postproof.caretAtEndOf(postproof.rules, 2);
  await page.keyboard.press("Alt+ArrowUp");
  await is("two", "one", "three");
  await page.keyboard.press("Control+z");
  await is("one", "two", "three");
  await page.keyboard.press("Control+y");
  await is("two", "one", "three");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Shift+z");
  await is("two", "one", "three");
  await postproof.caretAtEndOf(postproof.rules, 1);
  await page.keyboard.press("Alt+ArrowDown");
  await is("one", "two", "three");
  await page.keyboard.press("Shift+Alt+ArrowUp");
  await is("one", "two", "two", "three");
  await page.keyboard.press("Control+Shift+k");
  await is("one", "two", "three");
  await postproof.caretAtEndOf(postproof.rules, 3);
  await page.keyboard.press("Shift+Alt+ArrowDown");
  await is("one", "two", "three", "three");
  await page.keyboard.press("Control+Shift+k");
  await is("one", "two", "three");
  await page.keyboard.press("Control+/");
  await expect.poll(() => postproof.read(postproof.rules)).toMatch(/^#/m);
  await page.keyboard.press("Control+/");
  await expect.poll(() => postproof.read(postproof.rules)).toBe(RULES);

  await expect(postproof.problems).not.toHaveCount(0);
  await postproof.caretAtEndOf(postproof.rules, 2);
  const selected = () => page.evaluate(() => document.querySelector(".rules .editor").shadowRoot.querySelector(".cm-activeLine").textContent);
  await page.keyboard.press("F8");
  await expect.poll(selected).toContain("three");
  await page.keyboard.press("Shift+F8");
  await expect.poll(selected).toContain("one");
  await page.keyboard.press("Control+Shift+m");
  await expect(postproof.rules.locator(".cm-panel-lint")).toBeVisible();
  await page.keyboard.press("Escape");
  await postproof.text(postproof.rules).click();
  await page.keyboard.press("Control+f");
  await expect(postproof.rules.locator(".cm-search")).toBeVisible();
  await page.keyboard.press("Escape");
  await postproof.text(postproof.rules).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(postproof.text(postproof.rules)).not.toBeFocused();
});

test("a button of the list of problems keeps the focus when the list is drawn anew", async ({ postproof, page }) => {
  await open(postproof);
  const place = postproof.problems.first().getByRole("button").last();
  await place.focus();
  await page.getByRole("button", { name: "日本語" }).evaluate((button) => button.click());
  await expect(postproof.rules.getByText("問題点").or(page.locator("html[lang=ja]"))).not.toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.activeElement.closest(".problems li") !== null)).toBe(true);
});

test("a phone has the way back, too", async ({ postproof, page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await open(postproof);
  await postproof.inputTab("Session").click();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Undo: Session is removed." }).click();
  await expect(postproof.inputTab("Session")).toHaveCount(1);
  await page.getByRole("button", { name: "Redo: Session is removed." }).click();
  await expect(postproof.inputTab("Session")).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
