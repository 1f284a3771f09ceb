// Tests of a project: kept from what is seen, run at every change, saved as a file that `postproof test` runs, and opened
// again.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const COMMAND = process.env.POSTPROOF_COMMAND ?? "target/debug/postproof";
const RULES = "# sales\n/^Subject:.*(casino|poker)/ REJECT no ${1}\n/^X-Mailer: Bulk/ DISCARD\n";
const MESSAGE = "From: a@example.net\nSubject: our casino\n\nhello\n";

const panel = (page) => page.locator("#because-panel");
const cases = (page) => panel(page).locator(".case");
const name = (page, index) => cases(page).nth(index).getByLabel("Name of the test");

async function openTests(page) {
  await page.locator("section.because").getByRole("tab", { name: /^(Tests|テスト)/ }).click();
}

async function keep(page) {
  await page.getByRole("button", { name: "Keep as a test" }).click();
}

/** What a click saves, as text. */
async function saved(page, button) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

async function choose(page, file) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file…" }).click();
  await (await chooser).setFiles(file);
}

test("an input is kept as a test, and every change of the rules is tried on it", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await openTests(page);
  await expect(panel(page)).toContainText("No tests yet.");
  await keep(page);
  await expect(cases(page)).toHaveCount(1);
  await expect(name(page, 0)).toHaveValue("our casino");
  await expect(cases(page).first()).toContainText("rejected550 5.7.1 no casino");
  await expect(panel(page)).toContainText("1 test passes");
  await expect(panel(page)).toContainText("1 of 2 rules fired");
  await expect(page.getByRole("button", { name: "1 test passes" })).toBeVisible();

  await postproof.paste(postproof.rules, RULES.replace("no ${1}", "not here"));
  await expect(panel(page)).toContainText("1 of 1 tests fails");
  const row = cases(page).first().getByRole("row", { name: /^reply/ });
  await expect(row.locator(".expected")).toHaveText("550 5.7.1 no casino");
  await expect(row.locator(".actual")).toHaveText("550 5.7.1 not here");
  await cases(page).first().getByRole("button", { name: "“our casino”: expect what is seen now" }).click();
  await expect(panel(page)).toContainText("1 test passes");

  await name(page, 0).fill("the casino");
  await name(page, 0).press("Enter");
  await expect(cases(page).first().getByRole("button", { name: "Remove “the casino”" })).toBeVisible();
  await postproof.paste(postproof.input, "Subject: other\n\n");
  await cases(page).first().getByRole("button", { name: "Show the input of “the casino”" }).click();
  await expect(postproof.verdict).toContainText("550 5.7.1 not here");
  expect(await postproof.read(postproof.input)).toBe(MESSAGE);
  await cases(page).first().getByRole("button", { name: "Remove “the casino”" }).click();
  await expect(panel(page)).toContainText("No tests yet.");
  await page.getByRole("button", { name: "Back to what was here" }).click();
  await expect(name(page, 0)).toHaveValue("the casino");
});

test("a saved project passes the command, and opens as the project that it was", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await page.getByLabel("The project's title").fill("Casino mail");
  await openTests(page);
  await keep(page);
  await expect(cases(page)).toHaveCount(1);
  await postproof.paste(postproof.input, "Subject: 日本語 \\ '''\n\tfolded\n\n");
  await expect(postproof.verdict).toContainText("Accepted");
  await keep(page);
  await expect(cases(page)).toHaveCount(2);
  await postproof.inputTab("Hosts").click();
  await postproof.paste(postproof.input, "p12345.example.org[192.0.2.8]\nmail.example.com\n");
  await expect(postproof.events).toHaveCount(0);
  await keep(page);
  await expect(panel(page)).toContainText("3 tests pass");
  const before = await postproof.link();

  const file = await saved(page, "Save as a file");
  expect(file.name).toBe("casino-mail.postproof.toml");
  await expect(panel(page)).toContainText("Saved as casino-mail.postproof.toml.");
  await expect(panel(page)).not.toContainText("Not in the file");

  const folder = mkdtempSync(join(tmpdir(), "postproof-"));
  const path = join(folder, file.name);
  writeFileSync(path, file.text);
  const told = execFileSync(COMMAND, ["test", "--lang", "en", path], { encoding: "utf8" });
  expect(told).toContain("3 passed, 0 failed");
  writeFileSync(join(folder, "wrong.postproof.toml"), file.text.replace("REJECT no", "REJECT never"));
  expect(() => execFileSync(COMMAND, ["test", join(folder, "wrong.postproof.toml")], { stdio: "pipe" })).toThrow();

  await postproof.open(linkWith(project("/another/ OK\n", "From: a\n\n")));
  await expect(page.getByLabel("The project's title")).not.toHaveValue("Casino mail");
  await openTests(page);
  await choose(page, path);
  await expect(panel(page)).toContainText("3 tests pass");
  await postproof.inputTab("Hosts").click();
  await expect(postproof.verdict).toBeVisible();
  expect(await postproof.link()).toBe(before);
  rmSync(folder, { recursive: true });
});

test("what a file does not hold is said", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await openTests(page);
  await keep(page);
  await expect(cases(page)).toHaveCount(1);
  await postproof.paste(postproof.input, "Subject: not kept\n\n");
  await saved(page, "Save as a file");
  await expect(panel(page)).toContainText("Not in the file:Message: this input is in no test; keep it as one");
  await choose(page, {
    name: "mine.postproof.toml",
    mimeType: "application/toml",
    buffer: Buffer.from(
      '[tables]\nheader_checks = "regexp:elsewhere"\n[[case]]\nname = "x"\nheader = "X: y"\nexpect = { verdict = "accepted" }\n',
    ),
  });
  await expect(panel(page)).toContainText("Not taken from the file:elsewhere: the test file names it, but does not hold it");
  await expect(panel(page).getByRole("alert")).toContainText("The tests cannot be run. cannot read elsewhere");
  await choose(page, { name: "bad.toml", mimeType: "text/plain", buffer: Buffer.from("[[case]]\nnaem = 1\n") });
  await expect(panel(page)).toContainText("bad.toml cannot be opened. there is no key naem here; did you mean name? (line 2)");
});

test("a broken table is told, and the last results stay", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await openTests(page);
  await keep(page);
  await expect(panel(page)).toContainText("1 test passes");
  await postproof.paste(postproof.rules, "/(/ REJECT\n");
  await expect(panel(page).getByRole("alert")).toContainText("The tests cannot be run. header_checks, line 1");
});

test("tests come along in a link", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await openTests(page);
  await keep(page);
  await expect(cases(page)).toHaveCount(1);
  const link = await postproof.link();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByRole("button", { name: "1 test passes" })).toBeVisible();
});

test("what to put into CI is shown and copied", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(RULES, MESSAGE)));
  await openTests(page);
  await page.getByRole("button", { name: "In CI…" }).click();
  const dialog = page.getByRole("dialog", { name: "Tests in CI" });
  await dialog.getByLabel("For").selectOption({ label: "GitLab: .gitlab-ci.yml" });
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(readFileSync(new URL("../../docs/ci/gitlab-ci.yml", import.meta.url), "utf8"));
});

for (const [width, colorScheme, locale] of [
  [390, "light", "en-US"],
  [390, "dark", "ja-JP"],
  [1440, "light", "ja-JP"],
  [1440, "dark", "en-US"],
])
  test.describe(`${width}, ${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale, viewport: { width, height: width < 800 ? 844 : 820 } });

    test("passing and failing tests are in nobody's way", async ({ postproof, page }) => {
      await postproof.open(linkWith(project(RULES, MESSAGE)));
      await openTests(page);
      await page.getByRole("button", { name: /^(Keep as a test|テストとして残す)$/ }).click();
      await expect(cases(page)).toHaveCount(1);
      await postproof.paste(postproof.input, "Subject: poker night\n\n");
      await page.getByRole("button", { name: /^(Keep as a test|テストとして残す)$/ }).click();
      await expect(cases(page)).toHaveCount(2);
      await postproof.paste(postproof.rules, RULES.replace("|poker", ""));
      await expect(panel(page).locator(".compared")).toHaveCount(1);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider).toBe(0);
      await page.screenshot({
        path: `test-results/screenshots/tests-${width}-${locale.slice(0, 2)}-${colorScheme}.png`,
        fullPage: width < 800,
      });
    });
  });
