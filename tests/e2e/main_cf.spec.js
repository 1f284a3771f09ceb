// A project with a main.cf: its limits and its tables decide, and what only the server knows is unknown.

import { expect, test } from "./support/test.js";
import { linkWith } from "./support/link.js";

const with_main_cf = (main_cf) => ({
  files: [
    { name: "header_checks", role: "header_checks", kind: "regexp", content: "/casino/ REJECT no\n" },
    { name: "other", role: "access", kind: "regexp", content: "/casino/ HOLD\n" },
    { name: "main.cf", role: "main.cf", kind: "regexp", content: main_cf },
  ],
  inputs: [{ kind: "message", content: "Subject: casino\n\nhello\n" }],
});

test("main.cf's soft_bounce and tables decide", async ({ postproof }) => {
  await postproof.open(linkWith(with_main_cf("soft_bounce = yes\n")));
  await expect(postproof.verdict).toContainText("450 4.7.1 no");
  await postproof.open(linkWith(with_main_cf("header_checks = regexp:/etc/postfix/other\n")));
  await expect(postproof.verdict).toContainText("On hold");
  await postproof.verdict.getByRole("button", { name: /other line 1/ }).click();
  await expect(postproof.table("other")).toHaveAttribute("aria-selected", "true");
});

test("what the server alone knows makes the verdict unknown, with the reason", async ({ postproof, page }) => {
  await postproof.open(linkWith(with_main_cf("header_size_limit = $myhostname\n")));
  await expect(postproof.verdict).toContainText("Unknown");
  await expect(postproof.verdict).toContainText("main.cf sets header_size_limit by myhostname");
  await expect(postproof.because).toContainText("header_size_limit");
  await page.getByRole("button", { name: "日本語" }).click();
  await expect(postproof.verdict).toContainText("サーバーにしか分かりません");
});

test("the module for projects with a main.cf is fetched when it is needed; the deadline waits for it", async ({ postproof, page }) => {
  await page.addInitScript(() => localStorage.setItem("postproof.deadline", "500"));
  // Not for findings either: whoever saves data gets what the engine tells.
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  const fetched = [];
  await page.route(/postproof-desk-.*\.wasm$/, async (route) => {
    fetched.push(route.request().url());
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await postproof.open();
  await page.waitForTimeout(1000);
  expect(fetched).toEqual([]);
  const link = linkWith(with_main_cf("soft_bounce = yes\n"));
  await page.evaluate((link) => (location.hash = link), link);
  await expect(postproof.verdict).toContainText("450 4.7.1 no");
  expect(fetched).toHaveLength(1);
  await expect(postproof.notices.filter({ hasText: "Stopped" })).toHaveCount(0);
});
