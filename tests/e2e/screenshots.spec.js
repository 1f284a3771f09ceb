// Pictures of the page at the widths of a phone, a tablet and a desk, into test-results/screenshots; they are for
// looking at. With POSTPROOF_SCREENSHOT=1 the picture of the README is taken anew.

import { expect, test } from "./support/test.js";

const WIDTHS = [
  [390, 844],
  [820, 1100],
  [1440, 820],
];

for (const locale of ["en-US", "ja-JP"])
  for (const colorScheme of ["light", "dark"])
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme });

      for (const [width, height] of WIDTHS)
        test(`at ${width}`, async ({ postproof, page }) => {
          await page.setViewportSize({ width, height });
          await postproof.open();
          await expect(postproof.problems).toHaveCount(1);
          const path = (what) => `test-results/screenshots/${what}-${width}-${locale.slice(0, 2)}-${colorScheme}.png`;
          await page.screenshot({ path: path("message"), fullPage: width < 800 });
          await postproof.input.getByRole("tab").nth(1).click();
          await expect(postproof.events).toHaveCount(5);
          await page.screenshot({ path: path("hosts"), fullPage: width < 800 });
          await postproof.open("example/s25r");
          await expect(postproof.events.filter({ hasText: "RCPT TO" }).locator(".tried li")).toHaveCount(5);
          await page.screenshot({ path: path("session"), fullPage: width < 800 });
          // The text of every pane is in its pane: nothing is cut off sideways.
          for (const pane of [postproof.rules, postproof.input, postproof.because]) {
            const box = await pane.boundingBox();
            expect(box.x).toBeGreaterThanOrEqual(0);
            expect(box.x + box.width).toBeLessThanOrEqual(width);
          }
        });
    });

test.describe("for the README", () => {
  test.use({ deviceScaleFactor: 2 });
  test.skip(!process.env.POSTPROOF_SCREENSHOT, "taken only when POSTPROOF_SCREENSHOT is set");

  test("docs/screenshot.png", async ({ postproof, page }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await postproof.open();
    await expect(postproof.problems).toHaveCount(1);
    await page.screenshot({ path: "docs/screenshot.png" });
  });
});
