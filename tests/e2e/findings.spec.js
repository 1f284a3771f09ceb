// Findings: what the second worker finds, in the text, in the list and in the top bar; what mends it; the page of a code.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const RULES = "/^Subject: casino/ REJCET\n/~To:/ REJECT\n";
const MESSAGE = "From: a\nTo: b\n\n";

const two = {
  files: [
    { name: "header_checks", role: "header_checks", kind: "regexp", content: "/^From:/ WARN\n" },
    { name: "clients", role: "client_access", kind: "regexp", content: "/^x/ OK\n/\\.dsl\\.example\\.net$/ 550\n" },
  ],
  inputs: [{ kind: "message", content: MESSAGE }],
};

test("what lint finds is in the text and in the list, once, with its code", async ({ postproof }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await expect(postproof.problems).toHaveCount(2);
  await expect(postproof.problems.nth(0)).toContainText("PP301");
  await expect(postproof.problems.nth(1)).toContainText("PP201");
  await expect(postproof.rules.locator(".cm-lintRange")).toHaveCount(2);
  await expect(postproof.page.locator(".problem-counts")).toHaveAccessibleName(/^Problems: .+ \d/);
});

test("mending is one step, and undone in one", async ({ postproof }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await postproof.page.getByRole("button", { name: "Mend line 2" }).click();
  await expect.poll(() => postproof.read(postproof.rules)).toContain("/^To:/ REJECT");
  await expect(postproof.problems).toHaveCount(1);
  await expect(postproof.verdict).toContainText("Rejected");
  await postproof.page.keyboard.press("Control+z");
  await expect.poll(() => postproof.read(postproof.rules)).toContain("/~To:/ REJECT");
  await expect(postproof.problems).toHaveCount(2);
});

test("the message at the place mends, too", async ({ postproof }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await expect(postproof.problems).toHaveCount(2);
  await postproof.rules.locator(".cm-lintRange", { hasText: "~" }).hover();
  await postproof.rules.locator(".cm-tooltip").getByRole("button", { name: /Mend it/ }).click();
  await expect.poll(() => postproof.read(postproof.rules)).toContain("/^To:/ REJECT");
});

test("problems of other tables are listed, and lead there", async ({ postproof }) => {
  await postproof.open(linkWith(two));
  const list = postproof.rules.getByRole("list", { name: "clients" });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await list.getByRole("button", { name: "Line 2" }).click();
  await expect(postproof.table("clients")).toHaveAttribute("aria-selected", "true");
  await expect(postproof.rules.locator(".cm-activeLine")).toContainText("dsl");
});

test("a comment leaves a finding out", async ({ postproof }) => {
  await postproof.open(linkWith(project(`# postproof: ignore PP301\n${RULES}`, MESSAGE)));
  await expect(postproof.problems).toHaveCount(1);
  await expect(postproof.problems).toContainText("PP201");
});

for (const [lang, bad, good, about] of [
  ["en", "Bad", "Good", "About PP201"],
  ["ja", "悪い例", "良い例", "PP201 について"],
]) {
  test(`the page of a code has both examples, from the keyboard (${lang})`, async ({ postproof, page }) => {
    await postproof.open(linkWith(project(RULES, MESSAGE)));
    if (lang === "ja") await page.getByRole("button", { name: "日本語" }).click();
    await page.getByRole("button", { name: about }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: /PP201/ });
    await expect(dialog.getByRole("heading", { name: bad })).toBeVisible();
    await expect(dialog.getByRole("heading", { name: good })).toBeVisible();
    await expect(dialog).toContainText("# postproof: ignore PP201");
    const { violations } = await new AxeBuilder({ page }).include("#code-dialog").analyze();
    expect(violations).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("button", { name: about })).toBeFocused();
  });
}

test("on a narrow page nothing is cut off", async ({ postproof, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await page.getByRole("button", { name: "About PP201" }).click();
  await expect(page.getByRole("dialog").getByRole("heading", { name: "Good" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
