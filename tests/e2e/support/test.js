// Playwright's test with a page that is held to its promises: no error on the console, nothing that its own
// Content-Security-Policy had to stop, nothing loaded from elsewhere. A test that causes one on purpose says which.

import { test as base, expect } from "@playwright/test";
import { Postproof } from "./postproof.js";

export { expect };

/** Listens to a page; the returned list grows with whatever goes wrong. */
export function listen(page) {
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && hostname !== "127.0.0.1")
      wrong.push(`request: ${request.url()}`);
  });
  return wrong;
}

export const test = base.extend({
  /** Errors that the test expects, as one regular expression. */
  expected: [/(?!)/, { option: true }],

  /** The page, opened by the test with `postproof.open()`. */
  postproof: async ({ page, context, expected }, use) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const wrong = listen(page);
    await use(new Postproof(page));
    expect(wrong.filter((line) => !expected.test(line))).toEqual([]);
  },
});
