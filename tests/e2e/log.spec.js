// A mail log: what today's tables make of yesterday's clients, and who came back.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith } from "./support/link.js";

const RULES = "/^mail\\.good\\./ OK\n/^[^.]*[0-9]{5}/ 450 S25R check, be patient\n/^unknown$/ 450 be patient\n";

const refused = (time, client, from, reply) =>
  `Nov 24 ${time} mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from ${client}: ${reply}; from=<${from}> to=<taro@example.jp> proto=ESMTP helo=<x>`;

const LOG = [
  "Nov 24 09:00:00 mx postfix/smtpd[7]: connect from mail.good.example[192.0.2.1]",
  "Nov 24 09:00:00 mx postfix/smtpd[7]: 4F1D2A: client=mail.good.example[192.0.2.1]",
  "Nov 24 09:00:05 mx postfix/smtpd[7]: 4F1D2B: client=mx12345.example.org[192.0.2.2]",
  refused("09:10:00", "unknown[192.0.2.9]", "list@example.net", "450 4.7.1 <unknown[192.0.2.9]>: Client host rejected: be patient"),
  refused("09:15:00", "unknown[192.0.2.9]", "list@example.net", "450 4.7.1 <unknown[192.0.2.9]>: Client host rejected: be patient"),
  refused("09:45:00", "unknown[192.0.2.9]", "list@example.net", "450 4.7.1 <unknown[192.0.2.9]>: Client host rejected: be patient"),
  refused("09:50:00", "bad.example[192.0.2.66]", "x@example.com", "554 5.7.1 Service unavailable; Client host [192.0.2.66] blocked using list.example; see there"),
  "Nov 24 10:45:00 mx postfix/smtpd[7]: 4F1D2C: client=unknown[192.0.2.9]",
].join("\n");

const link = () =>
  linkWith({
    files: [{ name: "rejections", role: "client_access", kind: "regexp", content: RULES }],
    inputs: [{ kind: "log", content: `${LOG}\n` }],
  });

test("clients that were let in and would be refused today come first", async ({ postproof }) => {
  await postproof.open(link());
  await expect(postproof.verdict).toContainText("2 of 3 clients let in then would be refused today");
  await expect(postproof.verdict).toContainText("refusals in the log: 4");
  const lost = postproof.events.filter({ hasText: "mx12345.example.org" });
  await expect(lost).toContainText("rejections line 2");
  await expect(lost).toContainText("Mail of it was let in once.");
  await expect(lost.locator("mark")).toHaveText("12345");
});

test("who came back like a mail server is told, with the pauses, and leads to its lines", async ({ postproof, page }) => {
  await postproof.open(link());
  const retries = postproof.events.filter({ hasText: "list@example.net" });
  await expect(retries).toContainText("Retries like a mail server");
  await expect(retries).toContainText("again after 5 min, 30 min");
  await expect(retries).toContainText("Today: Told to try again later by S25R rule 0 rejections line 3");
  await retries.getByRole("button", { name: "let in later, on line 8" }).click();
  await expect(postproof.text(postproof.input)).toBeFocused();
  await expect(postproof.because.locator(".refusals dd").filter({ hasText: "list.example" })).toHaveCount(1);
  await expect(postproof.input.locator("mark.pp-mark").first()).toHaveText("mail.good.");
  await page.getByRole("button", { name: "日本語" }).click();
  await expect(retries).toContainText("メールサーバーらしい再送");
  await expect(retries).toContainText("再送までの間隔: 5 分, 30 分");
});

test("a log that is pasted is read at once; one that says nothing of clients says so", async ({ postproof }) => {
  await postproof.open();
  await postproof.inputTab("Log").click();
  await postproof.paste(postproof.input, LOG);
  await expect(postproof.verdict).toContainText("clients let in then would be refused today");
  await postproof.paste(postproof.input, "Nov 24 09:00:00 mx postfix/qmgr[7]: 4F1D2A: removed\n");
  await expect(postproof.verdict).toContainText("No line about a client");
});

test("the clients of a log are kept as a test", async ({ postproof, page }) => {
  await postproof.open(link());
  await postproof.because.getByRole("tab", { name: /^Tests/ }).click();
  await page.getByRole("button", { name: "Keep as a test" }).click();
  await expect(page.locator(".case")).toHaveCount(1);
  await expect(page.locator(".case.pass")).toHaveCount(1);
});

test("nothing on it is in anyone's way", async ({ postproof, page }) => {
  await postproof.open(link());
  await expect(postproof.events).toHaveCount(4);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
});
