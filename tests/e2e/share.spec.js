// The whole project in a link: opened in another browser with nothing else, it gives the same verdict.

import { readFileSync, readdirSync } from "node:fs";
import { expect, listen, test } from "./support/test.js";
import { Postproof } from "./support/postproof.js";
import { linkWith, project } from "./support/link.js";

test("a link opened in an empty profile shows the same verdict", async ({ postproof, browser }) => {
  await postproof.open();
  await postproof.paste(postproof.rules, "/^Subject:.*(カジノ)/ REJECT no $1\n/^X/ WARN\n");
  await postproof.paste(postproof.input, "Subject: カジノ\n\n");
  await expect(postproof.verdict).toContainText("550 5.7.1 no カジノ");
  const verdict = await postproof.verdict.textContent();
  const link = await postproof.link();

  const empty = await browser.newContext();
  const page = await empty.newPage();
  const wrong = listen(page);
  const other = new Postproof(page);
  await page.goto(link);
  await other.settled();
  await expect(other.verdict).toHaveText(verdict);
  expect(await other.read(other.rules)).toBe(await postproof.read(postproof.rules));
  expect(wrong).toEqual([]);
  await empty.close();
});

test("the dialog says what the link holds and how long it is, and copies it", async ({ postproof, page }) => {
  await postproof.open();
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this project" });
  await expect(dialog.locator("li")).toContainText(["header_checks", "body_checks", "white_list", "rejections", "Message", "Hosts"]);
  await expect(dialog).toContainText(/Length of the link: \d+ of at most 65536 characters/);
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await dialog.getByLabel("Link", { exact: true }).inputValue());
  expect(page.url()).toBe(copied);
});

test("typing does not touch the address; sharing does", async ({ postproof, page }) => {
  await postproof.open();
  await postproof.paste(postproof.input, "Subject: x\n\n");
  await expect(postproof.verdict).toContainText("Accepted");
  expect(new URL(page.url()).hash).toBe("");
  const link = await postproof.link();
  expect(page.url()).toBe(link);
});

test("what does not fit a link is said before anyone sends it", async ({ postproof, page }) => {
  await postproof.open();
  let state = 1;
  const noise = Array.from({ length: 90_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 94));
  });
  await postproof.drop(postproof.input, "noise", [...Buffer.from(`Subject: x\n\n${noise.join("")}`)]);
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Too long for a link" })).toBeVisible();
  await expect(page.locator("#share-dialog input")).toHaveCount(0);
});

test("another link in the same window opens, and the work before it is one click away", async ({ postproof, page }) => {
  await postproof.open();
  await postproof.paste(postproof.rules, "/^Subject:/ REJECT mine\n");
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");
  const link = linkWith(project("/^From:/ REJECT theirs\n", "From: a\n\n"));
  await page.evaluate((link) => (location.hash = link), link);
  await expect(postproof.verdict).toContainText("550 5.7.1 theirs");
  await expect(postproof.notices).toContainText("The project of the link is open.");
  await page.getByRole("button", { name: "Back to what was here" }).click();
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");
});

const folder = new URL("../links/", import.meta.url);
for (const name of readdirSync(folder).filter((name) => name.endsWith(".txt"))) {
  test(`the kept link ${name} opens`, async ({ postproof }) => {
    const expected = JSON.parse(readFileSync(new URL(name.replace(/txt$/, "json"), folder), "utf8"));
    await postproof.open(readFileSync(new URL(name, folder), "utf8").trim());
    await expect(postproof.notices).toHaveCount(0);
    for (const file of expected.files ?? []) await expect(postproof.table(file.name)).toHaveCount(1);
    const file = expected.files?.[expected.shown_file ?? 0];
    if (typeof file?.content === "string") expect(await postproof.read(postproof.rules)).toBe(file.content);
    await expect(postproof.page.getByLabel("The project's title")).toHaveValue(expected.title ?? "");
  });
}
