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

test("a pattern that takes for ever is stopped, the last verdict stays, and the work goes on", async ({ postproof, page }) => {
  // No trick: hundreds of long headers without a period, and a pattern whose automaton no cache can hold.
  let state = 1;
  const letter = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 1 ? "a" : "b";
  };
  const headers = Array.from({ length: 600 }, () => `X: ${Array.from({ length: 2000 }, letter).join("")}\n`);
  await postproof.open(linkWith(project("/^Subject:/ REJECT quick\n", "Subject: x\n\n")));
  await postproof.paste(postproof.input, `${headers.join("")}Subject: x\n\n`);
  await expect(postproof.verdict).toContainText("line 601");
  await postproof.paste(postproof.rules, "/a[ab]{900}[^ab]/ REJECT slow\n/^Subject:/ REJECT late\n");
  await expect(postproof.notices).toContainText("Stopped after 2 s.");
  await expect(postproof.verdict).toContainText("550 5.7.1 quick");
  await expect(postproof.verdict).toContainText("from before the last change");
  // The page itself was never held up, and the next change is answered by a new worker.
  await postproof.paste(postproof.rules, "/^Subject:/ REJECT again\n");
  await expect(postproof.verdict).toContainText("550 5.7.1 again");
  await expect(postproof.verdict).not.toContainText("from before the last change");
  await expect(postproof.notices).toHaveCount(0);
});

const WEDGE = { rules: "/a[ab]{900}[^ab]/ REJECT slow\n/^Subject:/ REJECT late\n" };

/** Headers that a hard pattern takes long for. */
function longHeaders() {
  let state = 1;
  const letter = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 1 ? "a" : "b";
  };
  return Array.from({ length: 600 }, () => `X: ${Array.from({ length: 2000 }, letter).join("")}\n`).join("");
}

test("long work shows that it goes on, and a person can stop it", async ({ postproof, page }) => {
  await page.addInitScript(() => localStorage.setItem("postproof.deadline", "600000"));
  await postproof.open(linkWith(project(GOOD.rules, GOOD.message)));
  await postproof.paste(postproof.input, `${longHeaders()}Subject: x\n\n`);
  await expect(postproof.verdict).toContainText("line 601");
  await postproof.paste(postproof.rules, WEDGE.rules);
  const verdict = page.locator("section.verdict");
  await expect(verdict.getByRole("progressbar", { name: "Working" })).toBeVisible();
  await expect(postproof.verdict).toContainText("550 5.7.1 quick");
  await verdict.getByRole("button", { name: "Stop" }).click();
  await expect(postproof.notices).toContainText("Stopped.");
  await expect(verdict.getByRole("progressbar")).toHaveCount(0);
  await postproof.paste(postproof.rules, "/^Subject:/ REJECT again\n");
  await expect(postproof.verdict).toContainText("550 5.7.1 again");
});

test("a long run of tests is stopped, and the verdict never waits for it", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(GOOD.rules, GOOD.message)));
  await page.locator("section.because").getByRole("tab", { name: "Tests" }).click();
  await page.getByRole("button", { name: "Keep as a test" }).click();
  const panel = page.locator("#because-panel");
  await expect(panel).toContainText("1 test passes");
  await postproof.paste(postproof.input, `${longHeaders()}Subject: x\n\n`);
  await expect(postproof.verdict).toContainText("line 601");
  await page.getByRole("button", { name: "Keep as a test" }).click();
  await expect(panel).toContainText("2 tests pass");
  await postproof.paste(postproof.input, GOOD.message);
  await expect(postproof.verdict).toContainText("550 5.7.1 quick");
  await postproof.paste(postproof.rules, WEDGE.rules);
  await expect(postproof.verdict).toContainText("550 5.7.1 late");
  await expect(panel.getByRole("progressbar")).toBeVisible();
  await expect(panel).toContainText("2 tests pass");
  await panel.getByRole("button", { name: "Stop" }).click();
  await expect(panel).toContainText("Stopped. The results are those of the last run.");
  await postproof.paste(postproof.rules, GOOD.rules);
  await expect(panel).toContainText("2 tests pass");
  await expect(panel).not.toContainText("Stopped.");
});

test.describe("a worker that crashes", () => {
  test.use({ expected: /boom/ });

  test("is replaced, and the next change is answered", async ({ postproof, page }) => {
    await postproof.open(linkWith(project(GOOD.rules, GOOD.message)));
    await expect(postproof.verdict).toContainText("550 5.7.1 quick");
    const [engine] = page.workers();
    await engine.evaluate(() => {
      setTimeout(() => {
        throw new Error("boom");
      });
    });
    await expect(postproof.notices).toContainText("boom");
    await expect(postproof.verdict).toContainText("550 5.7.1 quick");
    await postproof.paste(postproof.rules, "/^Subject:/ REJECT again\n");
    await expect(postproof.verdict).toContainText("550 5.7.1 again");
    await expect(postproof.notices).toHaveCount(0);
  });

  test("the tests' worker, too, and the one that looks for problems", async ({ postproof, page }) => {
    await postproof.open(linkWith(project(GOOD.rules, GOOD.message)));
    await page.locator("section.because").getByRole("tab", { name: "Tests" }).click();
    await page.getByRole("button", { name: "Keep as a test" }).click();
    const panel = page.locator("#because-panel");
    await expect(panel).toContainText("1 test passes");
    const desks = () => page.workers().filter((worker) => worker.url().includes("desk"));
    await expect.poll(() => desks().length).toBe(2);
    for (const desk of desks()) {
      await desk.evaluate(() => {
        setTimeout(() => {
          throw new Error("boom");
        });
      });
    }
    await expect.poll(() => page.workers().length).toBe(1);
    await postproof.paste(postproof.rules, "/^Subject:/ REJCET again\n");
    await expect(panel).toContainText("1 of 1 tests fails");
    await expect(postproof.problems).toContainText(["PP301"]);
  });
});
