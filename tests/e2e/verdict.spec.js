// From paste to verdict: the path that everything else deepens.

import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const MESSAGE = `From: Winner <sales@example.net>
To: you@example.org
Subject: the new
 casino opens tonight
X-Mailer: bulk 4.2

Dear friend,
come and see.
`;

test("a pasted message and a pasted rule give a verdict, and one character more changes it", async ({ postproof }) => {
  await postproof.open();
  await postproof.paste(postproof.rules, "/^Subject:.*casino/ WARN seen");
  await postproof.paste(postproof.input, MESSAGE);
  await expect(postproof.verdict).toContainText("Accepted");
  await expect(postproof.events).toHaveCount(1);

  // From a warning to a refusal, and from there by one character to a rule that does not match.
  await postproof.paste(postproof.rules, "/^Subject:.*casino/ REJECT no casino");
  await expect(postproof.verdict).toContainText("Rejected");
  await expect(postproof.verdict).toContainText("550 5.7.1 no casino");
  await expect(postproof.verdict).toContainText("header_checks line 1");
  await expect(postproof.verdict).toContainText("line 3");

  await postproof.page.keyboard.press("Home");
  for (let at = 0; at < "/^Subject:.*casino".length; at += 1) await postproof.page.keyboard.press("ArrowRight");
  await postproof.page.keyboard.type("s");
  await expect(postproof.verdict).toContainText("Accepted");
  await expect(postproof.verdict).toContainText("no rule fired");
  await postproof.page.keyboard.press("Backspace");
  await expect(postproof.verdict).toContainText("Rejected");
});

test("the first visit shows a tilde that never fires, and a caret in its place does", async ({ postproof }) => {
  await postproof.open();
  await expect(postproof.verdict).toContainText("Rejected");
  await expect(postproof.verdict).toContainText("550 5.7.1 no casino");
  await expect(postproof.problems).toHaveCount(1);

  // The problem's line leads to the tilde, selected: typing puts a caret in its place.
  await postproof.problems.getByRole("button", { name: /^Line/ }).click();
  await expect(postproof.text(postproof.rules)).toBeFocused();
  const selected = () => postproof.text(postproof.rules).evaluate((text) => String(text.getRootNode().getSelection()));
  await expect.poll(selected).toBe("~");
  await postproof.page.keyboard.type("^");
  await expect(postproof.verdict).toContainText("550 5.7.1 sales floods");
  await expect(postproof.problems).toHaveCount(0);
});

test("what matched stands out in the input, in the reasons, and in the gutter of the rules", async ({ postproof }) => {
  await postproof.open(linkWith(project("# rules\n/mailer: bulk ([0-9]+)\\.([0-9]+)/ WARN $1 and $2\n", MESSAGE)));
  const stretch = async () => (await postproof.input.locator("mark.pp-mark").allTextContents()).join("");
  await expect.poll(stretch).toBe("Mailer: bulk 4.2");
  await expect(postproof.input.locator(".pp-line.pp-warn")).toHaveText("X-Mailer: bulk 4.2");
  await expect(postproof.rules.locator(".pp-badge")).toHaveText(["99", "1"]);

  const event = postproof.events.first();
  await expect(event.locator("mark")).toHaveText("Mailer: bulk 4.2");
  await expect(event.locator(".groups")).toHaveText("$14$22");
  await expect(event).toContainText("header, line 5");
  await expect(postproof.because).toContainText("4 and 2");
});

test("a match over folded lines is marked on each of them", async ({ postproof }) => {
  await postproof.open(linkWith(project("/new.*casino/ REJECT\n", MESSAGE)));
  await expect(postproof.input.locator(".pp-line")).toHaveCount(2);
  const marked = await postproof.input.locator("mark.pp-mark").allTextContents();
  expect(marked.join("").replace("\n", "")).toBe("new casino");
});

test("a click on a rule or a line goes there", async ({ postproof }) => {
  const two = {
    files: [
      { name: "header_checks", role: "header_checks", kind: "regexp", content: "/^X-Other:/ REJECT\n" },
      { name: "body_checks", role: "body_checks", kind: "regexp", content: "# the body\n/come and/ REJECT no\n" },
    ],
    inputs: [{ kind: "message", content: MESSAGE }],
  };
  await postproof.open(linkWith(two));
  await expect(postproof.table("header_checks")).toHaveAttribute("aria-selected", "true");
  await postproof.verdict.getByRole("button", { name: "body_checks line 2" }).click();
  await expect(postproof.table("body_checks")).toHaveAttribute("aria-selected", "true");
  await expect(postproof.text(postproof.rules)).toBeFocused();
  await postproof.page.keyboard.type("#");
  expect(await postproof.read(postproof.rules)).toBe("# the body\n#\n");
  await expect(postproof.verdict).toContainText("Accepted");
});

test("later rules that would have matched are named, and marked as such", async ({ postproof }) => {
  await postproof.open(linkWith(project("/casino/ REJECT a\n/poker/ REJECT b\n/tonight/ REJECT c\n", MESSAGE)));
  await expect(postproof.events.first()).toContainText("Would have matched, too: header_checks line 3");
  await expect(postproof.rules.locator(".pp-badge.pp-hollow")).toHaveText("1");
});

test("an action that Postfix does not carry out says so", async ({ postproof }) => {
  await postproof.open(linkWith(project("/^Subject:/ REDIRECT nowhere\n/^From:/ FROBNICATE\n", MESSAGE)));
  await expect(postproof.verdict).toContainText("Accepted");
  await expect(postproof.events.filter({ hasText: "it needs an address with an @" })).toHaveCount(1);
  await expect(postproof.events.filter({ hasText: "the word is no action" })).toHaveCount(1);
});

test("an emptied input says that there is nothing to try the rules on", async ({ postproof }) => {
  await postproof.open();
  await postproof.text(postproof.input).click();
  await postproof.page.keyboard.press("Control+A");
  await postproof.page.keyboard.press("Delete");
  await expect(postproof.verdict).toContainText("Nothing to try the rules on");
});

test("undo in an editor brings the verdict back", async ({ postproof }) => {
  await postproof.open(linkWith(project("/casino/ REJECT a\n", MESSAGE)));
  await postproof.text(postproof.rules).click();
  await postproof.page.keyboard.press("Control+A");
  await postproof.page.keyboard.press("Delete");
  await expect(postproof.verdict).toContainText("Accepted");
  await postproof.page.keyboard.press("Control+Z");
  await expect(postproof.verdict).toContainText("Rejected");
});
