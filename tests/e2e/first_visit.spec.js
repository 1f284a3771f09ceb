// The path of README.md, step by step: from the page as it opens to why a rule does not fire. What the README says one sees
// is looked for in its own words.

import { readFileSync } from "node:fs";
import { expect, test } from "./support/test.js";

const RULES = "/~From:.*@casino\\.example>/    REJECT no casino\n";
const MAIL = 'From: "Lucky" <draw@casino.example>\nTo: you@example.com\nSubject: hello\n\nClaim your money.\n';

const LANGUAGES = {
  "en-US": {
    readme: "README.md",
    heading: "## Why does my rule not fire?",
    message: "Message",
    accepted: "Accepted",
    none: "no rule fired",
    why: "~ is matched as a tilde. To tie the pattern to the start, write ^.",
    mend: "Mend it",
    rejected: "Rejected",
    reasons: "Why",
  },
  "ja-JP": {
    readme: "README.ja.md",
    heading: "## なぜルールが一致しないのか",
    message: "メッセージ",
    accepted: "受理",
    none: "一致したルールはありません",
    why: "~ はチルダそのものに一致します。先頭に固定するには ^ と書きます。",
    mend: "直す",
    rejected: "拒否",
    reasons: "理由",
  },
};

for (const [locale, { readme, heading, ...said }] of Object.entries(LANGUAGES))
  test.describe(locale, () => {
    test.use({ locale });

    test("the steps of the README lead to the reason, in less than a minute", async ({ postproof, page }) => {
      const steps = readFileSync(readme, "utf8").split(`${heading}\n`)[1].split("\n## ")[0];
      for (const words of Object.values(said)) expect(steps, readme).toContain(words);

      const start = Date.now();
      // 1. Open the page.
      await postproof.open();
      await expect(postproof.table("header_checks")).toHaveAttribute("aria-selected", "true");
      await expect(postproof.inputTab(said.message)).toHaveAttribute("aria-selected", "true");
      // 2. and 3. Paste the rules and the mail.
      await postproof.paste(postproof.rules, RULES);
      await postproof.paste(postproof.input, MAIL);
      // 4. What Postfix does.
      await expect(postproof.verdict).toContainText(said.accepted);
      await expect(postproof.verdict).toContainText(said.none);
      // 5. Why, and what mends it.
      const problem = postproof.problems.filter({ hasText: said.why });
      await expect(problem).toHaveCount(1);
      await problem.getByRole("button").filter({ hasText: new RegExp(`^${said.mend}`) }).click();
      // 6. The rule fires.
      await expect(postproof.verdict).toContainText(said.rejected);
      await expect(postproof.verdict).toContainText("550 5.7.1 no casino");
      await expect(postproof.because.getByRole("tab", { name: said.reasons })).toHaveAttribute("aria-selected", "true");
      await expect(postproof.events.filter({ hasText: "draw@casino.example" })).toHaveCount(1);
      expect(Date.now() - start).toBeLessThan(60_000);
      await page.screenshot({ path: `test-results/screenshots/first-visit-1280-${locale.slice(0, 2)}-light.png` });
    });

    test("an empty page says what to do", async ({ postproof, page }) => {
      await postproof.open();
      await postproof.paste(postproof.rules, "x");
      await postproof.text(postproof.rules).click();
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await postproof.text(postproof.input).click();
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await expect(postproof.verdict).toContainText(locale === "en-US" ? "Paste a message" : "メッセージを貼り付けるか");
    });
  });
