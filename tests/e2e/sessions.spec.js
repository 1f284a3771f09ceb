// SMTP sessions: main.cf, its tables and its world on one side, a client's lines on the other.

import { readFileSync } from "node:fs";
import { expect, test } from "./support/test.js";
import { linkWith } from "./support/link.js";

const example = (name) => readFileSync(new URL(`../examples/s25r/${name}`, import.meta.url), "utf8");

test("the example of S25R's practice says who decided, and how", async ({ postproof }) => {
  await postproof.open("example/s25r");
  await expect(postproof.verdict).toContainText(
    "450 4.7.1 <p12345.example.org[192.0.2.8]>: Client host rejected: S25R check, be patient",
  );
  await expect(postproof.verdict).toContainText("check_client_access regexp:/etc/postfix/rejections");
  const refused = postproof.events.filter({ hasText: "RCPT TO:<b@example.jp>" });
  await expect(refused.locator("details")).toHaveAttribute("open", "");
  await expect(refused.locator(".tried li")).toHaveCount(5);
  await expect(refused.locator(".tried li").first()).toContainText("8.2.0.192.bl.example A? nxdomain");
  await expect(refused.locator(".tried li").last()).toContainText("S25R check, be patient");
  expect(await postproof.read(postproof.rules)).toBe(example("main.cf").trimEnd() + "\n");
});

test("what is wrong with the lists is told in main.cf", async ({ postproof }) => {
  await postproof.open("example/s25r");
  await expect(postproof.problems).toContainText(["permit_mynetworks does not stand before reject_rbl_client bl.example"]);
});

test("the rule that decided is marked in its table, and leads there", async ({ postproof }) => {
  await postproof.open("example/s25r");
  const refused = postproof.events.filter({ hasText: "RCPT TO:<b@example.jp>" });
  await refused.getByRole("button", { name: /rejections line 3/ }).click();
  await expect(postproof.table("rejections")).toHaveAttribute("aria-selected", "true");
  await expect(postproof.table("rejections").locator(".count")).toHaveText("1");
});

test("what the world does not say is unknown, until it does", async ({ postproof, page }) => {
  await postproof.open("example/s25r");
  await postproof.table("world").click();
  await postproof.paste(postproof.rules, "# nothing is known\n");
  await expect(postproof.verdict).toContainText("Unknown");
  await expect(postproof.verdict).toContainText("needs DNS A of 8.2.0.192.bl.example");
  await postproof.paste(postproof.rules, "8.2.0.192.bl.example A 127.0.0.2\n8.2.0.192.bl.example TXT \"listed\"\n");
  await expect(postproof.verdict).toContainText("blocked using bl.example; listed");
  await postproof.paste(postproof.rules, "this is no fact\n");
  await expect(postproof.problems).toContainText(["This line says nothing that is understood: this is no fact"]);
  await expect(page.locator("section.verdict")).toContainText("Unknown");
});

test("a session without main.cf says what is missing, and a new main.cf uses the tables", async ({ postproof, page }) => {
  await postproof.open(
    linkWith({
      files: [{ name: "rejections", role: "client_access", kind: "regexp", content: "/^ppp/ 450 later\n" }],
      inputs: [{ kind: "session", content: "XCLIENT NAME=ppp.example ADDR=192.0.2.1\nHELO x\nMAIL FROM:<>\nRCPT TO:<a@example.jp>\n" }],
    }),
  );
  await expect(postproof.verdict).toContainText("A session needs a main.cf");
  await page.getByRole("button", { name: "Add a table" }).click();
  await page.getByLabel("Used for").selectOption("main.cf");
  await expect(page.locator("#table-dialog").getByLabel("Kind")).toBeHidden();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(postproof.verdict).toContainText("450 4.7.1 <ppp.example[192.0.2.1]>: Client host rejected: later");
});

test("a file that main.cf names and the project lacks is told where it is named", async ({ postproof }) => {
  await postproof.open(
    linkWith({
      files: [
        {
          name: "main.cf",
          role: "main.cf",
          kind: "regexp",
          content: "myhostname = mx.example\nmydestination =\nmynetworks = 127.0.0.1\nsmtpd_helo_restrictions = check_helo_access regexp:/etc/postfix/helo\n",
        },
      ],
      inputs: [{ kind: "session", content: "HELO x\n" }],
    }),
  );
  await expect(postproof.problems).toContainText(["There is no file /etc/postfix/helo in this project."]);
});

test("a session and its main.cf travel in a link", async ({ postproof, page }) => {
  await postproof.open("example/s25r");
  const link = await postproof.link();
  await postproof.open();
  await postproof.open(new URL(link).hash.slice(1));
  await expect(postproof.verdict).toContainText("S25R check, be patient");
  await expect(postproof.table("world")).toBeVisible();
  await expect(page.getByRole("tab", { name: "Session" })).toHaveAttribute("aria-selected", "true");
});
