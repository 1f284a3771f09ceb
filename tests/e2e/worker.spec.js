// The engine runs beside the page: what takes too long is stopped, what breaks is replaced, and the page goes on.

import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const GOOD = { rules: "/^Subject:/ REJECT quick\n", message: "Subject: x\n\n" };

test.describe("a worker that cannot be loaded", () => {
  test.use({ expected: /Failed to load resource|net::ERR/ });

  test("is told, and tried again on demand", async ({ postproof, page }) => {
    await page.route(/worker-.*\.js$/, (route) => route.abort());
    await page.goto(`/#${linkWith(project(GOOD.rules, GOOD.message))}`);
    await expect(postproof.notices).toContainText("The engine cannot be loaded");
    await expect(postproof.verdict).toContainText("Unknown");
    await page.unroute(/worker-.*\.js$/);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(postproof.verdict).toContainText("550 5.7.1 quick");
    await expect(postproof.notices).toHaveCount(0);
  });
});

test("a worker that is slow to load is waited for: its deadline counts from when it is ready", async ({ postproof, page }) => {
  await page.addInitScript(() => localStorage.setItem("postproof.deadline", "500"));
  await page.route(/worker-.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.goto(`/#${linkWith(project(GOOD.rules, GOOD.message))}`);
  await expect(postproof.verdict).toContainText("Getting ready");
  await expect(postproof.verdict).toContainText("550 5.7.1 quick");
  await expect(postproof.notices).toHaveCount(0);
});

test("many keys in a row end in the verdict on the last one", async ({ postproof, page }) => {
  await postproof.open(linkWith(project("/^Subject: casino$/ REJECT whole\n", "")));
  await postproof.text(postproof.input).click();
  await page.keyboard.type("Subject: casino", { delay: 0 });
  await expect(postproof.verdict).toContainText("550 5.7.1 whole");
  await page.keyboard.type("s");
  await expect(postproof.verdict).toContainText("Accepted");
});
