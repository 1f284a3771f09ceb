// The tables of the project: adding, renaming, removing, dropping files in.

import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

test("a table can be added for each use, and is asked at once", async ({ postproof, page }) => {
  await postproof.open(linkWith(project("/^X:/ REJECT\n", "From: a\n\nthe body\n")));
  await page.getByRole("button", { name: "Add a table" }).click();
  await page.getByLabel("Used for").selectOption("body_checks");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("body_checks");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(postproof.table("body_checks")).toHaveAttribute("aria-selected", "true");
  await postproof.text(postproof.rules).click();
  await page.keyboard.type("/body/ REJECT no bodies");
  await expect(postproof.verdict).toContainText("550 5.7.1 no bodies");
});

test("two tables cannot have one name", async ({ postproof, page }) => {
  await postproof.open();
  await page.getByRole("button", { name: "Add a table" }).click();
  await page.getByLabel("Name", { exact: true }).fill("header_checks");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "already" })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("  ");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "needs a name" })).toBeVisible();
});

test("a table gets another name and use", async ({ postproof, page }) => {
  await postproof.open(linkWith(project("/body/ REJECT no\n", "From: a\n\nthe body\n")));
  await expect(postproof.verdict).toContainText("Accepted");
  await page.getByRole("button", { name: "Name and use of header_checks" }).click();
  await page.getByLabel("Used for").selectOption("body_checks");
  await page.getByLabel("Name", { exact: true }).fill("mine");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(postproof.verdict).toContainText("Rejected");
  await expect(postproof.verdict).toContainText("mine line 1");
});

test("a removed table comes back", async ({ postproof, page }) => {
  await postproof.open();
  await page.getByRole("button", { name: "Name and use of header_checks" }).click();
  await page.getByRole("button", { name: "Remove this table" }).click();
  await expect(postproof.table("header_checks")).toHaveCount(0);
  await expect(postproof.notices).toContainText("header_checks is removed.");
  await postproof.notices.getByRole("button", { name: "Undo" }).click();
  await expect(postproof.table("header_checks")).toHaveAttribute("aria-selected", "true");
  await expect(postproof.verdict).toContainText("550 5.7.1 no casino");
});

test("tabs are walked with the arrow keys", async ({ postproof, page }) => {
  await postproof.open();
  await postproof.table("header_checks").focus();
  await page.keyboard.press("ArrowRight");
  await expect(postproof.table("body_checks")).toBeFocused();
  await expect(postproof.table("body_checks")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(postproof.table("rejections")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(postproof.table("header_checks")).toBeFocused();
});

test("a table keeps its undo while another one is in front", async ({ postproof, page }) => {
  await postproof.open(linkWith(project("/a/ REJECT\n", "From: a\n\n")));
  await postproof.paste(postproof.rules, "/b/ REJECT\n");
  await postproof.drop(postproof.rules, "body_checks", [...Buffer.from("/x/ WARN\n")]);
  await expect(postproof.table("body_checks")).toHaveAttribute("aria-selected", "true");
  await postproof.table("header_checks").click();
  await postproof.text(postproof.rules).click();
  await page.keyboard.press("Control+Z");
  expect(await postproof.read(postproof.rules)).toBe("/a/ REJECT\n");
});
