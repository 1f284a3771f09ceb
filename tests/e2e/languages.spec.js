// English and Japanese: chosen by the browser, switched by a person, remembered on this device.

import { expect, test } from "./support/test.js";

test.describe("a Japanese browser", () => {
  test.use({ locale: "ja-JP" });

  test("gets the page in Japanese, the lesson included", async ({ postproof, page }) => {
    await postproof.open();
    await expect(page.locator("html")).toHaveAttribute("lang", "ja");
    await expect(postproof.verdict).toContainText("拒否");
    await expect(page.getByRole("button", { name: "共有" })).toBeVisible();
    await expect(postproof.problems).toContainText("チルダそのもの");
    expect(await postproof.read(postproof.rules)).toContain("なぜでしょう");
  });
});

test("the language is switched at once and remembered, the work stays", async ({ postproof, page }) => {
  await postproof.open();
  await postproof.paste(postproof.rules, "/~From:/ REJECT\n/^From:/ REJECT mine\n");
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");
  await page.getByRole("button", { name: "日本語" }).click();
  await expect(postproof.verdict).toContainText("拒否");
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");
  await expect(postproof.problems).toContainText("チルダそのもの");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await page.reload();
  await expect(postproof.verdict).toContainText("拒否");
  await page.getByRole("button", { name: "English" }).click();
  await expect(postproof.verdict).toContainText("Rejected");
});

test("no text of one language is left in the other", async ({ postproof, page }) => {
  await postproof.open();
  const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;
  const visible = async () => (await page.locator("body").innerText()).replace("日本語", "");
  expect(await visible()).not.toMatch(japanese);
  await page.getByRole("button", { name: "日本語" }).click();
  await expect(postproof.verdict).toContainText("拒否");
  for (const label of await page.locator("[aria-label], [title], [placeholder]").evaluateAll((all) =>
    all.flatMap((one) => ["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name)).filter(Boolean)),
  ))
    expect(label).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]|^(header_checks|body_checks|white_list|rejections)$/);
});

test("the theme goes from the system's to light to dark, and is remembered", async ({ postproof, page }) => {
  await postproof.open();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Theme: the system's" }).click();
  await page.getByRole("button", { name: "Theme: light" }).click();
  await expect(page.getByRole("button", { name: "Theme: dark" })).toBeVisible();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  await postproof.settled();
  expect(await ground()).toBe(dark);
});
