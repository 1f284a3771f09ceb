// What is wrong with a table: underlined where it stands, told on the spot and below, with what Postfix does about it.

import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const RULES = "/^Subject:.*(casino/ REJECT\n/^From:/ REJECT $2\n/~To:/ REJECT\n/^To:/ DUNNO\n";

test("each problem is underlined at its place and listed with its line", async ({ postproof }) => {
  await postproof.open(linkWith(project(RULES, "From: a\nTo: b\n\n")));
  await expect(postproof.problems).toHaveCount(3);
  await expect(postproof.problems.nth(0)).toContainText("Line 1");
  await expect(postproof.problems.nth(0)).toContainText("This parenthesis is never closed.");
  await expect(postproof.problems.nth(0)).toContainText("Postfix drops the rule with a warning");
  await expect(postproof.problems.nth(1)).toContainText("Line 2");
  await expect(postproof.problems.nth(1)).toContainText("the pattern has 0");
  await expect(postproof.problems.nth(2)).toContainText("~ is matched as a tilde");
  await expect(postproof.rules.locator(".cm-lintRange-error")).not.toHaveCount(0);
  await expect(postproof.rules.locator(".cm-lintRange-hint")).toHaveText("~");
});

test("the pointer on an underlined place shows the message", async ({ postproof }) => {
  await postproof.open(linkWith(project(RULES, "From: a\n\n")));
  await postproof.rules.locator(".cm-lintRange-hint").hover();
  const told = postproof.rules.locator(".cm-tooltip");
  await expect(told).toContainText("~ is matched as a tilde");
  await expect(told).toContainText("Postfix says nothing about it.");
  await expect(told).toContainText("Write ^ in its place.");
});

test("the keyboard goes from problem to problem", async ({ postproof }) => {
  await postproof.open(linkWith(project(RULES, "From: a\n\n")));
  await postproof.text(postproof.rules).click();
  await postproof.page.keyboard.press("Control+Home");
  await postproof.page.keyboard.press("F8");
  await expect(postproof.rules.locator(".cm-tooltip")).toContainText(/parenthesis|group|tilde/);
});

test("a problem goes away with its cause", async ({ postproof }) => {
  await postproof.open(linkWith(project("/(/ REJECT\n", "From: a\n\n")));
  await expect(postproof.problems).toHaveCount(1);
  await postproof.paste(postproof.rules, "/()/ REJECT\n");
  await expect(postproof.problems).toHaveCount(0);
  await expect(postproof.rules.locator(".cm-lintRange")).toHaveCount(0);
  await expect(postproof.rules.locator(".problems")).toContainText("Nothing wrong in header_checks.");
});
