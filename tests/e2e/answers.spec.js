// Closer answers: a message as people read it, rules made for what is encoded, what results, a rule explained, and what
// belongs together lit.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const base64 = (text) => Buffer.from(text).toString("base64");

const CODED = `From: friend@example.org
To: you@example.com
Subject: =?UTF-8?B?${base64("カジノ tonight")}?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

${base64("Dear friend,\nan unbelievable offer waits for you.\n")}
--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<p>Ein M=E4rchen</p>
--b--
`;
const CODED_RULES = "# What people read\n/^Subject:.*カジノ/ REJECT no casino\n/^X-Other:/ DUNNO\n";

const CHANGES = `/^Subject:/ PREPEND X-Seen: yes
/^X-Mailer:/ IGNORE
/^(X-Old): (.*)/ REPLACE X-New: \${2}
/^X-To: desk/ REDIRECT archive@example.net
`;
// After REDIRECT, Postfix looks no further.
const CHANGED = "From: a@example.org\nSubject: hello\nX-Mailer: Bulk\nX-Old: kept\nX-To: desk\n\nHello\n";

const REFUSE = "/^Subject:.*(casino|poker) (night|day)/ REJECT no ${1}\n/^From:/ WARN seen\n/^Subject: buy/ REJECT\n";
const REFUSED = "From: a@example.net\nSubject: our casino night\n\nhello\n";

const panel = (page) => page.locator("#because-panel");
const show = (postproof, name) => postproof.because.getByRole("tab", { name }).click();
const decoded = (postproof) => postproof.input.locator(".reading");
const hint = (postproof) => postproof.because.locator(".only-read");
const lit = (pane) => pane.locator(".cm-line.pp-lit-line");

async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

async function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test("a message is shown as people read it, and as it is sent", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(CODED_RULES, CODED)));
  const button = (name) => postproof.input.getByRole("button", { name, exact: true });
  await expect(button("Raw")).toHaveAttribute("aria-pressed", "true");
  await button("Decoded").click();
  await expect(button("Decoded")).toHaveAttribute("aria-pressed", "true");
  await expect(postproof.text(postproof.input)).toBeHidden();
  const reader = decoded(postproof);
  await expect(reader).toContainText("Subject: カジノ tonight");
  await expect(reader).toContainText("an unbelievable offer waits for you.");
  await expect(reader).toContainText("<p>Ein Märchen</p>");
  for (const name of ["Headers", /text\/plain.*base64/, /text\/html.*quoted-printable/])
    await expect(reader.getByRole("group", { name, exact: true })).toBeVisible();
  await expect(reader.locator("li.differs", { hasText: "Subject:" })).toContainText("not what Postfix sees");
  await expect(reader.locator("li", { hasText: "From:" })).not.toHaveClass(/differs/);
  await expect(reader.locator("mark")).toHaveText("Subject: カジノ");

  // A line leads to where it stands in what is sent.
  await reader.getByRole("button", { name: "To the raw message, line 3" }).click();
  await expect(button("Raw")).toHaveAttribute("aria-pressed", "true");
  await expect(postproof.text(postproof.input)).toBeFocused();
  await expect(reader).toBeHidden();
  await expect(lit(postproof.rules)).toHaveCount(0);

  await button("Decoded").click();
  await expect(reader).toBeVisible();
  await button("Raw").click();
  expect(await postproof.read(postproof.input)).toBe(CODED);
});

test("only a message can be read", async ({ postproof }) => {
  await postproof.open();
  await expect(postproof.input.getByRole("group", { name: "How the message is shown" })).toBeVisible();
  await postproof.input.getByRole("button", { name: "Decoded", exact: true }).click();
  await expect(decoded(postproof)).toBeVisible();
  await postproof.inputTab("hosts").click();
  await expect(decoded(postproof)).toBeHidden();
  await expect(postproof.text(postproof.input)).toBeVisible();
  await expect(postproof.input.getByRole("group", { name: "How the message is shown" })).toHaveCount(0);
});

test("a rule that matches only what people read gets one that does match, and undo takes it back", async ({
  postproof,
  page,
}) => {
  await postproof.open(linkWith(project(CODED_RULES, CODED)));
  await expect(postproof.verdict).toContainText("Accepted");
  await expect(hint(postproof)).toContainText("Matches decoded, not raw.");
  await expect(hint(postproof)).toContainText("header_checks line 2");
  await hint(postproof).getByRole("button", { name: "Make a rule that does match" }).click();
  const dialog = page.locator("#make-dialog");
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel("Phrase, as people read it")).toHaveValue("カジノ");
  await expect(dialog).toContainText("Fires on this message");
  expect(await violations(page)).toEqual([]);
  await dialog.locator("li.fires").first().getByRole("button", { name: /^Add below header_checks line 2/ }).click();
  await expect(dialog).toBeHidden();
  await expect(postproof.verdict).toContainText("550 5.7.1 no casino");
  await expect(postproof.events.first()).toContainText("header_checks line 3");
  await expect(hint(postproof)).toHaveCount(0);
  await expect(postproof.notices).toContainText("The rule is in header_checks.");
  await page.keyboard.press("Control+Z");
  await expect(postproof.verdict).toContainText("Accepted");
  expect(await postproof.read(postproof.rules)).toBe(CODED_RULES);
  await expect(hint(postproof)).toHaveCount(1);
});

test("rules for another phrase, by keyboard alone", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(CODED_RULES, CODED)));
  await hint(postproof).getByRole("button").last().press("Enter");
  const dialog = page.locator("#make-dialog");
  await dialog.getByLabel("Phrase, as people read it").fill("not in the message");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("None of them fires on this message");
  await expect(dialog.locator("li.fires")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(hint(postproof).getByRole("button").last()).toBeFocused();
  expect(await postproof.read(postproof.rules)).toBe(CODED_RULES);
});

test("what results is a diff, and where the message goes", async ({ postproof }) => {
  await postproof.open(linkWith(project(CHANGES, CHANGED)));
  await show(postproof, "Result");
  const line = (kind, text) => postproof.because.locator(`.diff .${kind}`, { hasText: text });
  await expect(line("added", "X-Seen: yes")).toHaveCount(1);
  await expect(line("removed", "X-Mailer: Bulk")).toHaveCount(1);
  await expect(line("removed", "X-Old: kept")).toHaveCount(1);
  await expect(line("added", "X-New: kept")).toHaveCount(1);
  await expect(line("added", "X-New: kept")).toContainText("added, by a rule");
  await expect(line("own", "Received:")).toContainText("by Postfix itself");
  await expect(line("kept", "Subject: hello")).toHaveCount(1);
  await expect(postproof.because.locator(".way")).toContainText("archive@example.net");
  // The prepended header stands right above the one it is for.
  const all = await postproof.because.locator(".diff li").allTextContents();
  const at = (text) => all.findIndex((each) => each.includes(text));
  expect(at("X-Seen: yes")).toBe(at("Subject: hello") - 1);

  await postproof.paste(postproof.rules, "/^Nothing/ IGNORE\n");
  await expect(panel(postproof.page)).toContainText("No rule changes the message.");
});

test("of a refused message nothing is queued", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(REFUSE, REFUSED)));
  await show(postproof, "Result");
  await expect(panel(page)).toContainText("Nothing is queued.");
  await expect(panel(page)).toContainText("The sender is told 550 5.7.1 no casino");
  await panel(page).getByRole("button", { name: "header_checks line 1" }).click();
  await expect(postproof.text(postproof.rules)).toBeFocused();
  await postproof.paste(postproof.rules, "/^Subject:/ DISCARD\n");
  await expect(panel(page)).toContainText("thrown away");
});

test("a rule is explained in words and drawn; each lights the other", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(REFUSE, REFUSED)));
  await show(postproof, "Explain");
  await expect(panel(page)).toContainText("Put the caret on a rule");
  await postproof.caretAtEndOf(postproof.rules, 1);
  const words = panel(page).getByRole("list", { name: "In words" });
  const poker = words.getByRole("button", { name: /“poker”/ });
  await expect(poker).toBeVisible();
  const drawing = panel(page).getByRole("img").first();
  await expect(drawing).toHaveAccessibleName(/.+/);
  await expect(drawing).toHaveAccessibleDescription(/.+/);
  await expect(panel(page)).toContainText("Matches 1 of 2 lookups.");
  expect(await drawing.evaluate((svg) => svg.namespaceURI)).toBe("http://www.w3.org/2000/svg");
  const box = await drawing.boundingBox();
  expect(box.width).toBeGreaterThan(100);

  const drawn = drawing.locator("g.rr-text", { hasText: /^poker$/ });
  await poker.hover();
  await expect(drawn).toHaveClass(/\blit\b/);
  await expect(panel(page).locator(".pattern .lit")).toHaveText("(casino|poker)");
  await drawing.locator("g.rr-text", { hasText: /^night$/ }).hover();
  await expect(drawn).not.toHaveClass(/\blit\b/);
  await expect(poker).not.toHaveClass(/\blit\b/);
  await expect(words.getByRole("button", { name: /“night”/ })).toHaveClass(/\blit\b/);
  await page.mouse.move(1, 1);
  await expect(panel(page).locator(".lit")).toHaveCount(0);
  await poker.focus();
  await expect(drawn).toHaveClass(/\blit\b/);
  await poker.press("Enter");
  const selected = () =>
    page.evaluate(() => document.querySelector("section.rules .editor").shadowRoot.getSelection().toString());
  await expect.poll(selected).toBe("(casino|poker)");
});

test("a rule that does not fire says how far it got", async ({ postproof, page }) => {
  await postproof.open(linkWith(project(REFUSE, "From: a@example.net\nSubject: our casino evening\n\nhello\n")));
  await show(postproof, "Explain");
  await postproof.caretAtEndOf(postproof.rules, 1);
  await expect(panel(page)).toContainText("Matches none of 2 lookups.");
  const near = panel(page).locator(".near").first();
  await expect(near.locator("mark")).toHaveText("Subject: our casino ");
  await expect(near).toContainText(/evening/);
  await near.getByRole("button", { name: /line 2$/ }).click();
  await expect(postproof.text(postproof.input)).toBeFocused();
  // What was looked at stays.
  await expect(near).toBeVisible();
});

test("a rule lights the lines it fired on; a line lights its rules", async ({ postproof }) => {
  await postproof.open(linkWith(project(REFUSE, REFUSED)));
  await expect(postproof.events).toHaveCount(2);
  await postproof.caretAtEndOf(postproof.rules, 1);
  await expect(lit(postproof.input)).toHaveText(["Subject: our casino night"]);
  await expect(lit(postproof.rules)).toHaveCount(0);
  await postproof.caretAtEndOf(postproof.rules, 2);
  await expect(lit(postproof.input)).toHaveText(["From: a@example.net"]);
  await postproof.caretAtEndOf(postproof.rules, 3);
  await expect(lit(postproof.input)).toHaveCount(0);
  await postproof.caretAtEndOf(postproof.input, 1);
  await expect(lit(postproof.rules)).toHaveText(["/^From:/ WARN seen"]);
  await expect(lit(postproof.input)).toHaveCount(0);
  await postproof.caretAtEndOf(postproof.input, 4);
  await expect(lit(postproof.rules)).toHaveCount(0);
});

test.describe("in Japanese", () => {
  test.use({ locale: "ja-JP" });

  test("the same", async ({ postproof, page }) => {
    await postproof.open(linkWith(project(CODED_RULES, CODED)));
    await postproof.input.getByRole("button", { name: "デコード済み" }).click();
    await expect(decoded(postproof)).toContainText("Subject: カジノ tonight");
    await expect(decoded(postproof).getByRole("group", { name: "ヘッダー", exact: true })).toBeVisible();
    await postproof.input.getByRole("button", { name: "生", exact: true }).click();
    await expect(hint(postproof)).toContainText("一致するのは人の読む内容だけです。");
    await hint(postproof).getByRole("button", { name: "一致するルールを作る" }).click();
    const dialog = page.locator("#make-dialog");
    await dialog.locator("li.fires").first().getByRole("button").click();
    await expect(postproof.verdict).toContainText("550 5.7.1 no casino");
    await show(postproof, "結果");
    await expect(panel(page)).toContainText("キューには何も入りません。");
    await show(postproof, "解説");
    await postproof.caretAtEndOf(postproof.rules, 2);
    await expect(panel(page).getByRole("list", { name: "ことばで" })).toContainText("カジノ");
    await expect(panel(page).getByRole("img").first()).toHaveAccessibleName(/[ぁ-ん]/);
    await expect(panel(page)).toContainText("どこまで一致したか");
    await postproof.caretAtEndOf(postproof.rules, 3);
    await expect(lit(postproof.input)).toHaveText([/^Subject: =\?UTF-8/]);
  });
});

// Every view, in both languages and themes, narrower in one of each: nothing in anyone's way, nothing cut off; pictures for looking at.
for (const locale of ["en-US", "ja-JP"])
  for (const colorScheme of ["light", "dark"])
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme });

      for (const [width, height] of [
        [390, 844],
        [820, 1100],
        [1440, 820],
      ].filter(([width]) => width > 1000 || (locale === "en-US") === (colorScheme === "light")))
        test(`every view at ${width}`, async ({ postproof, page }) => {
          await page.setViewportSize({ width, height });
          const good = async (what) => {
            const path = `test-results/screenshots/answers-${what}-${width}-${locale.slice(0, 2)}-${colorScheme}.png`;
            await page.screenshot({ path, fullPage: width < 800 });
            expect.soft(await violations(page), what).toEqual([]);
            expect.soft(await sideways(page), what).toBe(0);
          };
          await postproof.open(linkWith(project(CODED_RULES, CODED)));
          await expect(hint(postproof)).toBeVisible();
          await postproof.input.locator(".switch button").last().click();
          await expect(decoded(postproof)).toContainText("Ein Märchen");
          await good("decoded");
          await hint(postproof).getByRole("button").last().click();
          await expect(page.locator("#make-dialog li.fires").first()).toBeVisible();
          await good("make");
          await page.keyboard.press("Escape");
          await postproof.open(linkWith(project(CHANGES, CHANGED)));
          await show(postproof, /^(Result|結果)$/);
          await expect(postproof.because.locator(".diff .added")).not.toHaveCount(0);
          await good("result");
          await postproof.open(linkWith(project(REFUSE, REFUSED)));
          await show(postproof, /^(Result|結果)$/);
          await expect(panel(page)).toContainText("550 5.7.1");
          await good("refused");
          await show(postproof, /^(Explain|解説)$/);
          await good("unexplained");
          await postproof.caretAtEndOf(postproof.rules, 1);
          await expect(panel(page).getByRole("img").first()).toBeVisible();
          await good("explained");
          await postproof.caretAtEndOf(postproof.rules, 3);
          await expect(panel(page).locator(".near")).not.toHaveCount(0);
          await good("near");
        });
    });
