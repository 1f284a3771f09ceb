// Host names through client access tables, S25R's rules by their numbers.

import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

test("each host gets S25R's rule by its number", async ({ postproof }) => {
  await postproof.open();
  await postproof.inputTab("Hosts").click();
  await postproof.paste(postproof.input, "ppp1-2.example.net\nmail.example.net\nunknown\npc12345.example.ne.jp\nxdsl5.example.org");
  await expect(postproof.verdict).toContainText("4 of 5 refused");
  await expect(postproof.verdict).toContainText("no table decides: 1");
  const named = (line, text) => expect(postproof.events.nth(line)).toContainText(text);
  await named(0, "S25R rule 1");
  await named(0, "450 4.7.1 <ppp1-2.example.net[?]>: Client host rejected: S25R check, be patient");
  await named(1, "No table decides");
  await named(2, "S25R rule 0");
  await named(3, "S25R rule 2");
  await named(4, "S25R rule 6");
});

test("the part of the name that made S25R's rule fire is marked and told", async ({ postproof }) => {
  const hosts = "p1234-adsl56.example.ne.jp\npc12345.example.ne.jp\nadsl7.example.org\n";
  await postproof.open(linkWith({ files: [], inputs: [{ kind: "hosts", content: hosts }] }));
  await expect(postproof.events.nth(0).locator(".key mark")).toHaveText(["1234", "56"]);
  await expect(postproof.events.nth(0)).toContainText("the lowest name, p1234-adsl56, has two numbers");
  await expect(postproof.events.nth(1).locator(".key mark")).toHaveText(["12345"]);
  await expect(postproof.events.nth(2).locator(".key mark")).toHaveText(["adsl", "7"]);
  await postproof.page.getByRole("button", { name: "日本語" }).click();
  await expect(postproof.events.nth(1)).toContainText("5 個以上連続する数字 12345");
});

test("a white list before the rules lets a server through", async ({ postproof }) => {
  await postproof.open();
  await postproof.inputTab("Hosts").click();
  await expect(postproof.table("white_list")).toHaveAttribute("aria-selected", "true");
  const client = postproof.events.filter({ hasText: "mx1-2.example.co.jp" });
  await expect(client).toContainText("OK");
  await expect(client).toContainText("white_list line 2");
});

test("without a table for clients S25R's own rules answer, and the page says so", async ({ postproof }) => {
  await postproof.open(linkWith({ files: [], inputs: [{ kind: "hosts", content: "unknown\n" }] }));
  await expect(postproof.verdict).toContainText("1 of 1 refused");
  await expect(postproof.because).toContainText("S25R's own rules");
});

test("the address is asked after the name", async ({ postproof }) => {
  const rules = "/^192\\.0\\.2\\./ REJECT listed\n";
  const hosts = "mail.example.net[192.0.2.7]\n";
  await postproof.open(linkWith(project(rules, hosts, { role: "client_access", kind: "hosts" })));
  await expect(postproof.events).toHaveCount(1);
  await expect(postproof.events.first().locator("mark")).toHaveText("192.0.2.");
  await expect(postproof.input.locator("mark.pp-mark")).toHaveText("192.0.2.");
  await expect(postproof.verdict).toContainText("1 of 1 refused");
});

test("ten thousand hosts are all counted, and the first ones listed", async ({ postproof }) => {
  const hosts = Array.from({ length: 10_000 }, (_, at) => `ppp${at}-1.example.net`).join("\n");
  await postproof.open(linkWith({ files: [], inputs: [{ kind: "hosts", content: hosts }] }));
  await expect(postproof.verdict).toContainText("10000 of 10000 refused");
  await expect(postproof.because).toContainText("not listed: 9500");
});
