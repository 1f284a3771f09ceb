// What a link gives away is said and taken out without a changed verdict; a file instead of a link; a folder for Postfix,
// whose commands Postfix itself runs.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { unzipSync } from "fflate";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const RULES = "/taro@mail\\.co\\.jp/ REJECT not you\n/password=/ WARN careless\n";
const MESSAGE =
  "Received: from x ([8.8.4.4])\nX-Note: password=hunter2\nFrom: taro@mail.co.jp\nTo: hanako@isp.ne.jp\n\ncc taro@mail.co.jp\n";

async function share(page) {
  await page.getByRole("button", { name: /^(Share|共有)$/ }).click();
  return page.locator("#share-dialog");
}

async function download(page, button) {
  const saved = page.waitForEvent("download");
  await button.click();
  const file = await saved;
  return { name: file.suggestedFilename(), path: await file.path() };
}

test("what gives people away is said, and goes with one click; the verdict stays", async ({ postproof, page, browser }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await expect(postproof.verdict).toContainText("550 5.7.1 not you");
  const dialog = await share(page);
  await expect(dialog).toContainText("mail addresses: 2 (taro@mail.co.jp, hanako@isp.ne.jp)");
  await expect(dialog).toContainText("host addresses: 1 (8.8.4.4)");
  await expect(dialog).toContainText("what looks like a password: 1 (hunter2)");
  const link = dialog.getByLabel("Link", { exact: true });
  const before = await link.inputValue();
  await dialog.getByRole("button", { name: "Replace them, every verdict unchanged" }).click();
  await expect(dialog).toContainText("Replaced in 6 places. Every verdict stays as it is");
  await expect(link).not.toHaveValue(before);
  const redacted = await link.inputValue();
  // The preview shows what the link holds now.
  await dialog.locator("summary", { hasText: "Message" }).click();
  await expect(dialog.getByRole("group", { name: "Message" })).toContainText("From: user1@example.com");
  // What is in work is not touched.
  await page.keyboard.press("Escape");
  expect(await postproof.read(postproof.input)).toBe(MESSAGE);

  const empty = await browser.newContext();
  const other = await empty.newPage();
  await other.goto(redacted);
  await expect(other.getByRole("status").first()).toContainText("550 5.7.1 not you");
  const text = (await other.locator(".cm-line").allTextContents()).join("\n");
  for (const secret of ["taro", "hanako", "8.8.4.4", "hunter2"]) expect(text).not.toContain(secret);
  expect(text).toContain("user1@example\\.com");
  await empty.close();
});

test("what a verdict depends on stays, and that is said", async ({ postproof, page }) => {
  await postproof.open(linkWith(project("/@[a-z]+\\.ne\\.jp/ REJECT far\n", "From: hanako@isp.ne.jp\nX: 8.8.8.8\n\n")));
  const dialog = await share(page);
  await dialog.getByRole("button", { name: "Replace them, every verdict unchanged" }).click();
  await expect(dialog).toContainText("Replaced in 1 places.");
  await expect(dialog).toContainText("These stay, since a verdict depends on them: hanako@isp.ne.jp");
  await dialog.getByRole("button", { name: "Share it as it was" }).click();
  await expect(dialog).toContainText("mail addresses: 1");
});

test("what is too long for a link is saved as a file, and opens again", async ({ postproof, page }) => {
  await postproof.open();
  let state = 1;
  const noise = Array.from({ length: 90_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 94));
  });
  await postproof.drop(postproof.input, "noise", [...Buffer.from(`Subject: x\n\n${noise.join("")}`)]);
  await page.getByLabel("The project's title").fill("Noise");
  const dialog = await share(page);
  await expect(dialog.getByRole("alert")).toContainText("Save it as a file instead");
  const file = await download(page, dialog.getByRole("button", { name: "Save the project" }));
  expect(file.name).toBe("noise.postproof.json");
  await page.keyboard.press("Escape");
  await postproof.open(linkWith(project("", "")));
  await share(page);
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Open a project…" }).click();
  await (await chooser).setFiles(file.path);
  await expect(page.getByLabel("The project's title")).toHaveValue("Noise");
  await share(page);
  const other = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Open a project…" }).click();
  await (await other).setFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await expect(postproof.notices).toContainText("x.json holds no project that can be opened here.");
});

test("a phone passes the link on by itself", async ({ postproof, page }) => {
  await page.addInitScript(() => {
    navigator.share = async (data) => (window.passed = data);
  });
  await postproof.open(linkWith(project("/a/ OK\n", "From: a\n\n")));
  const dialog = await share(page);
  const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
  await dialog.getByRole("button", { name: "Send…" }).click();
  expect((await page.evaluate(() => window.passed)).url).toBe(link);
});

test("the folder's own commands, run by Postfix, answer as the page does", async ({ postproof, page }) => {
  await postproof.open();
  await page.getByLabel("The project's title").fill("Casino mail");
  const dialog = await share(page);
  const file = await download(page, dialog.getByRole("button", { name: "Save a folder for Postfix" }));
  expect(file.name).toBe("casino-mail.zip");
  const inside = unzipSync(readFileSync(file.path));
  const text = (name) => new TextDecoder().decode(inside[`casino-mail/${name}`]);
  expect(text("main.cf.snippet")).toContain("header_checks = regexp:$config_directory/header_checks");
  expect(text("main.cf.snippet")).toContain("check_client_access regexp:$config_directory/rejections");
  test.skip(spawnSync("postmap", ["-q", "x", "inline:{x=y}"]).status !== 0, "postmap is not installed");
  const folder = mkdtempSync(join(tmpdir(), "postproof-"));
  for (const [path, bytes] of Object.entries(inside)) {
    mkdirSync(join(folder, "casino-mail"), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const commands = text("README.txt").split("\n").map((line) => line.trim()).filter((line) => line.startsWith("postmap -"));
  expect(commands.length).toBeGreaterThan(2);
  let told = "";
  for (const command of commands) told += spawnSync("sh", ["-c", command], { cwd: join(folder, "casino-mail"), encoding: "utf8" }).stdout;
  await page.keyboard.press("Escape");
  const result = (await postproof.verdict.locator(".reply").textContent()).replace(/^\d{3} [\d.]+ /, "");
  expect(told).toContain(result);
  rmSync(folder, { recursive: true });
});

for (const [width, colorScheme, locale] of [
  [390, "light", "ja-JP"],
  [390, "dark", "en-US"],
  [1440, "light", "en-US"],
  [1440, "dark", "ja-JP"],
])
  test.describe(`${width}, ${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale, viewport: { width, height: 844 } });

    test("the dialog is in nobody's way", async ({ postproof, page }) => {
      await postproof.open(linkWith(project(RULES, MESSAGE)));
      const dialog = await share(page);
      await expect(dialog).toBeVisible();
      const path = (what) => `test-results/screenshots/${what}-${width}-${locale.slice(0, 2)}-${colorScheme}.png`;
      const violations = async () =>
        (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`);
      expect(await violations()).toEqual([]);
      await page.screenshot({ path: path("share") });
      await dialog.getByRole("button", { name: /^(Replace them|判定を変えずに)/ }).click();
      await expect(dialog.getByRole("button", { name: /^(Share it as it was|元のまま)/ })).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.screenshot({ path: path("redacted") });
    });
  });
