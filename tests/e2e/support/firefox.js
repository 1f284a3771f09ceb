// Firefox as it is installed, driven over WebDriver BiDi by Puppeteer: Playwright drives only a Firefox of its own.

import puppeteer from "puppeteer-core";
import { expect } from "@playwright/test";

/** Where Firefox is; none on machines without it, and `cargo xtask test` says so. */
export const FIREFOX = process.env.POSTPROOF_FIREFOX || "";

/** Starts Firefox in a language, and hears whatever goes wrong on its pages. */
export async function launch(language) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    extraPrefsFirefox: { "intl.accept_languages": language, "dom.serviceWorkers.enabled": false },
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && hostname !== "127.0.0.1") wrong.push(`request: ${request.url()}`);
  });
  return { browser, wrong, postproof: new Postproof(page) };
}

/** The page as a person sees it, through Puppeteer's eyes; `>>>` looks into the editors. */
class Postproof {
  constructor(page) {
    this.page = page;
  }

  /** Opens the page, and waits for its first verdict, if there will be one. */
  async open(address, fragment = "", { settles = true } = {}) {
    await this.page.goto("about:blank");
    await this.page.goto(fragment ? `${address}#${fragment}` : address);
    if (!settles) return;
    await this.sees("section.verdict:not([aria-busy=true])", /^(?!.*(Getting ready|準備中))/s);
  }

  /** Waits until the text of what `selector` finds is like this. */
  async sees(selector, like) {
    await expect
      .poll(() => this.page.$$eval(selector, (all) => all.map((each) => each.textContent).join("\n")).catch(() => ""), {
        timeout: 20_000,
      })
      .toMatch(like);
  }

  count(selector) {
    return this.page.$$eval(selector, (all) => all.length);
  }

  /** Puts the caret at the start of a pane's text. */
  async caretAtStart(pane) {
    await this.page.click(`${pane} >>> .cm-content`);
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("Home");
    await this.page.keyboard.up("Control");
  }

  /** Replaces a pane's text by typing. */
  async type(pane, text) {
    await this.page.click(`${pane} >>> .cm-content`);
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("a");
    await this.page.keyboard.up("Control");
    await this.page.keyboard.type(text);
  }

  /** Clicks the first of these whose text begins so, once it is there. */
  async press(selector, text) {
    const find = (selector, text) =>
      [...document.querySelectorAll(selector)].find((each) => each.textContent.trim().startsWith(text));
    const found = await this.page.waitForFunction(find, { timeout: 20_000 }, selector, text);
    await found.asElement().click();
  }
}
