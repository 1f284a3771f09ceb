// For everyone: no violation that axe knows, in either language and theme; the keyboard alone will do.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const locale of ["en-US", "ja-JP"])
  for (const colorScheme of ["light", "dark"])
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme });

      test("nothing is in anyone's way", async ({ postproof, page }) => {
        await postproof.open();
        expect(await violations(page), "a message").toEqual([]);
        await postproof.input.getByRole("tab").nth(1).click();
        await expect(postproof.events).toHaveCount(5);
        expect(await violations(page), "hosts").toEqual([]);
        for (const [button, dialog] of [
          [/^(Share|共有)$/, "#share-dialog"],
          [/^(Help and keys|ヘルプとキー操作)$/, "#help-dialog"],
          [/^(Add a table|テーブルを追加)$/, "#table-dialog"],
        ]) {
          await page.getByRole("button", { name: button }).click();
          await expect(page.locator(dialog)).toBeVisible();
          expect(await violations(page), dialog).toEqual([]);
          await page.keyboard.press("Escape");
          await expect(page.locator(dialog)).toBeHidden();
        }
        await page.evaluate(() => (location.hash = "1.broken"));
        await expect(postproof.notices).toHaveCount(1);
        expect(await violations(page), "a notice").toEqual([]);
      });
    });

test("on a phone, too", async ({ postproof, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await postproof.open();
  expect(await violations(page)).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, "the page scrolls sideways").toBe(0);
});

test("Tab types a tab; Escape, then Tab, leaves the editor", async ({ postproof, page }) => {
  await postproof.open(linkWith(project("/a/", "From: a\n\n")));
  await postproof.text(postproof.rules).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Tab");
  await page.keyboard.type("REJECT tabbed");
  await expect(postproof.verdict).toContainText("550 5.7.1 tabbed");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(postproof.text(postproof.rules)).not.toBeFocused();
});

test("the keyboard alone leads from the top to every part", async ({ postproof, page }) => {
  await postproof.open();
  const seen = new Set();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    seen.add(
      await page.evaluate(() => {
        const part = document.activeElement?.closest("header, .verdict, .rules, .input, .because");
        return part?.className || part?.tagName;
      }),
    );
    if (await page.evaluate(() => document.activeElement?.shadowRoot !== null)) await page.keyboard.press("Escape");
  }
  for (const part of ["top", "pane rules", "pane input", "pane because"]) expect([...seen]).toContain(part);
});
