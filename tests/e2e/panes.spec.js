// The borders between the panes: moved by pointer and by key, kept, and gone where panes are not beside each other.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const open = (postproof) => postproof.open(linkWith(project("/casino/ REJECT\n", "Subject: x\n\n")));
const width = async (pane) => (await pane.boundingBox()).width;
const rulesBorder = (page) => page.getByRole("separator", { name: "Width of the rules", exact: true });
const inputBorder = (page) => page.getByRole("separator", { name: "Width of rules and input" });

test.use({ viewport: { width: 1440, height: 900 } });

test("dragging makes a pane wider, and it stays so on the next visit", async ({ postproof, page }) => {
  await open(postproof);
  const before = await width(postproof.rules);
  const box = await rulesBorder(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 100, box.y + 200, { steps: 4 });
  await page.mouse.up();
  const after = await width(postproof.rules);
  expect(after - before).toBeGreaterThan(85);
  // Not held any more.
  await page.mouse.move(box.x - 100, box.y + 200);
  expect(await width(postproof.rules)).toBe(after);
  await page.reload();
  await postproof.settled();
  expect(await width(postproof.rules)).toBe(after);
  await rulesBorder(page).dblclick();
  expect(await width(postproof.rules)).toBe(before);
  expect(await page.evaluate(() => localStorage.getItem("postproof.panes"))).toBe(null);
});

test("keys move a border as far as the panes allow, and say where it is", async ({ postproof, page }) => {
  await open(postproof);
  const border = inputBorder(page);
  await expect(border).toHaveAttribute("aria-orientation", "vertical");
  await expect(border).toHaveAttribute("aria-controls", "input-pane");
  await border.focus();
  await expect(border).toHaveAttribute("aria-valuenow", "71");
  await page.keyboard.press("ArrowRight");
  await expect(border).toHaveAttribute("aria-valuenow", "73");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(border).toHaveAttribute("aria-valuenow", "69");
  await page.keyboard.press("End");
  await expect(border).toHaveAttribute("aria-valuenow", await border.getAttribute("aria-valuemax"));
  expect(await width(postproof.because)).toBeGreaterThanOrEqual(289);
  expect(await width(postproof.because)).toBeLessThan(300);
  await page.keyboard.press("Home");
  await expect(border).toHaveAttribute("aria-valuenow", await border.getAttribute("aria-valuemin"));
  expect(await width(postproof.input)).toBeGreaterThanOrEqual(319);
  expect(await width(postproof.input)).toBeLessThan(330);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(border).toHaveAttribute("aria-valuenow", "71");
});

test("there is none where the panes are not beside each other", async ({ postproof, page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await open(postproof);
  await expect(page.getByRole("separator")).toHaveCount(0);
  await page.setViewportSize({ width: 820, height: 800 });
  await expect(page.getByRole("separator")).toHaveCount(0);
});
