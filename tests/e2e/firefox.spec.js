// The page in Firefox, where it is installed: what a person does, from the first verdict to a link for a colleague.

import { expect, test } from "@playwright/test";
import { FIREFOX, launch } from "./support/firefox.js";
import { forEver } from "../bench/projects.js";
import { linkWith, project } from "./support/link.js";

/** As many as a link holds, and far more than the engine looks at in its time. */
const HEADERS = 150;

test.describe("in Firefox", () => {
  test.skip(!FIREFOX, "POSTPROOF_FIREFOX names no Firefox");

  let firefox;
  test.beforeEach(async () => {
    firefox = await launch("en-US, en");
  });
  test.afterEach(async () => {
    await firefox.browser.close();
    expect(firefox.wrong).toEqual([]);
  });

  test("a rule that is typed fires, and the reason is there", async ({ baseURL }) => {
    const { postproof, wrong } = firefox;
    await postproof.open(baseURL, linkWith(project("", "From: a@example.net\nSubject: casino\n\n")));
    await postproof.sees("section.verdict", /Accepted/);
    await postproof.type("section.rules", "/^Subject:.*(casino)/ REJECT no $1");
    await postproof.sees("section.verdict", /550 5\.7\.1 no casino/);
    await postproof.sees(".event", /header_checks line 1/);
    expect(await postproof.count("section.input >>> .pp-mark")).toBe(1);
    void wrong;
  });

  test("the first visit's tilde is found, and the fix makes the rule fire", async ({ baseURL }) => {
    const { postproof } = firefox;
    await postproof.open(baseURL);
    await postproof.sees("section.verdict", /no casino/);
    await postproof.sees(".problems li", /~/);
    await postproof.press(".problems button", "Mend");
    await postproof.sees("section.verdict", /sales floods/);
  });

  test("hosts, a session and a log get their verdicts", async ({ baseURL }) => {
    const { postproof } = firefox;
    const hosts = { files: [], inputs: [{ kind: "hosts", content: "ppp1-2.example.net\nmail.example.net\n" }] };
    await postproof.open(baseURL, linkWith(hosts));
    await postproof.sees("section.verdict", /1 of 2 refused/);
    await postproof.sees(".event", /S25R rule 1/);
    await postproof.open(baseURL, "example/s25r");
    await postproof.sees(".event", /RCPT TO/);
    const line = "Nov 24 09:00:05 mx postfix/smtpd[7]: 4F1D2B: client=mx12345.example.org[192.0.2.2]\n";
    await postproof.open(baseURL, linkWith({ files: [], inputs: [{ kind: "log", content: line }] }));
    await postproof.sees("section.verdict", /1 of 1 clients let in then would be refused today/);
  });

  test("a link holds the case, and a hostile one does nothing but a notice", async ({ baseURL }) => {
    const { postproof } = firefox;
    await postproof.open(baseURL, linkWith(project("/casino/ REJECT\n", "Subject: casino\n\n")));
    await postproof.press("button", "Share");
    await expect.poll(() => postproof.page.$eval("#share-dialog input", (field) => field.value)).toMatch(/#1\./);
    const link = await postproof.page.$eval("#share-dialog input", (field) => field.value);
    await postproof.open(baseURL, link.slice(link.indexOf("#") + 1));
    await postproof.sees("section.verdict", /Rejected/);
    await postproof.open(baseURL, "1.<script>alert(1)</script>");
    await postproof.sees(".notice", /./);
  });

  test("a pattern that runs for ever is stopped, and the page stays at hand", async ({ baseURL }) => {
    const { postproof } = firefox;
    const { files, inputs: [input] } = forEver(HEADERS);
    await postproof.open(baseURL);
    await postproof.page.evaluate(() => localStorage.setItem("postproof.deadline", "500"));
    await postproof.open(baseURL, linkWith({ files, inputs: [input] }), { settles: false });
    await postproof.press("button", "日本語");
    await postproof.sees(".notice", /0\.5 秒で打ち切りました/);
  });
});
