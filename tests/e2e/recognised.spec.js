// A text put in the place of an input becomes an input of its own kind, where that is certain.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith } from "./support/link.js";

const MESSAGE = "Subject: casino\n\n";
const open = (postproof) =>
  postproof.open(
    linkWith({
      files: [
        { name: "header_checks", role: "header_checks", kind: "regexp", content: "/casino/ REJECT no\n" },
        { name: "clients", role: "client_access", kind: "regexp", content: "/^ppp/ REJECT\n" },
      ],
      inputs: [{ kind: "message", content: MESSAGE }],
    }),
  );
const notice = (postproof, text) => expect(postproof.notices).toContainText(text);

test("host names pasted over a message are asked as host names, and the message stays", async ({ postproof, page }) => {
  await open(postproof);
  await postproof.paste(postproof.input, "ppp1.example.net\r\nmail.example.com\n");
  await expect(postproof.inputTab("Hosts")).toHaveAttribute("aria-selected", "true");
  await expect(postproof.verdict).toContainText("1 of 2 refused");
  await notice(postproof, "Taken as host names.");
  await expect(postproof.input.getByRole("tab")).toHaveText(["Message", "Hosts", "Session", "Log"]);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await postproof.inputTab("Message").click();
  expect(await postproof.read(postproof.input)).toBe(MESSAGE);
});

test("whoever takes that back can paste the text where it was meant", async ({ postproof }) => {
  await open(postproof);
  await postproof.paste(postproof.input, "ppp1.example.net\n");
  await notice(postproof, "Taken as host names.");
  await postproof.notices.getByRole("button", { name: "Undo" }).click();
  await expect(postproof.inputTab("Message")).toHaveAttribute("aria-selected", "true");
  expect(await postproof.read(postproof.input)).toBe(MESSAGE);
  await postproof.paste(postproof.input, "ppp1.example.net\n");
  await expect(postproof.inputTab("Message")).toHaveAttribute("aria-selected", "true");
  expect(await postproof.read(postproof.input)).toBe("ppp1.example.net\n");
});

test("sessions and logs are told apart; what may be anything stays where it was put", async ({ postproof }) => {
  await open(postproof);
  await postproof.paste(postproof.input, "EHLO a.example\nMAIL FROM:<>\n");
  await expect(postproof.inputTab("Session")).toHaveAttribute("aria-selected", "true");
  await notice(postproof, "Taken as an SMTP session.");
  await postproof.paste(postproof.input, "Nov 24 09:00:00 mx postfix/smtpd[7]: connect from ppp1.example.net[192.0.2.1]\n");
  await expect(postproof.inputTab("Log")).toHaveAttribute("aria-selected", "true");
  await notice(postproof, "Taken as a mail log.");
  await postproof.inputTab("Message").click();
  await postproof.paste(postproof.input, "casino\n");
  await expect(postproof.inputTab("Message")).toHaveAttribute("aria-selected", "true");
  expect(await postproof.read(postproof.input)).toBe("casino\n");
});

test("only what replaces everything is taken elsewhere", async ({ postproof, page }) => {
  await open(postproof);
  await page.evaluate(() => navigator.clipboard.writeText("mail.example.com"));
  await postproof.text(postproof.input).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+v");
  await expect(postproof.inputTab("Message")).toHaveAttribute("aria-selected", "true");
  expect(await postproof.read(postproof.input)).toBe(`mail.example.com${MESSAGE}`);
});

test("a dropped file is recognised, in Japanese too", async ({ postproof, page }) => {
  await open(postproof);
  await page.getByRole("button", { name: "日本語" }).click();
  await postproof.drop(postproof.input, "clients.txt", [...Buffer.from("unknown[192.0.2.1]\nppp2.example.net\n")]);
  await notice(postproof, "ホスト名として読み込みました。");
  expect(await postproof.read(postproof.input)).toBe("unknown[192.0.2.1]\nppp2.example.net\n");
});
