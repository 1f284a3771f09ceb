// The page in a browser, as a person waits for it. `cargo xtask bench --page` serves the site and runs this.
//
// page.js ADDRESS DATA ROUNDS prints a line for each sample: what was measured, and a number. Bytes are counted, all else
// is in seconds.

import { deflateSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { forEver, projects } from "./projects.js";

const [address, data, rounds] = process.argv.slice(2);
const say = (name, value) => console.log(`${name}\t${value}`);

/** How many keys are pressed to measure one. */
const KEYS = 40;

/** In the page: when verdicts are painted, and the longest task. */
function watch() {
  const seen = { first: null, key: null, keys: [], tasks: [] };
  globalThis.seen = seen;
  const painted = (what) => {
    // After the frame: a message that is sent before it is painted is heard when it has been.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => what(performance.now());
      port2.postMessage(null);
    });
  };
  const busy = () => document.querySelector("section.verdict")?.getAttribute("aria-busy");
  new MutationObserver((records) => {
    const shown = document.querySelector("section.verdict [role=status]")?.textContent ?? "";
    if (seen.first === null && shown !== "" && busy() === "false" && !shown.includes("Getting ready")) {
      seen.first = 0;
      painted((now) => (seen.first = now));
    }
    const answered = records.some(({ attributeName, oldValue }) => attributeName === "aria-busy" && oldValue === "true");
    if (seen.key !== null && answered && busy() === "false") {
      const pressed = seen.key;
      seen.key = null;
      painted((now) => seen.keys.push(now - pressed));
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true, attributeFilter: ["aria-busy"] });
  addEventListener("keydown", (event) => (seen.key = event.timeStamp), true);
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
    buffered: true,
  });
}

const browser = await chromium.launch({ executablePath: process.env.POSTPROOF_CHROMIUM || undefined });

/** A fresh visitor. */
async function visit({ project, slower = 1 } = {}) {
  const permissions = ["clipboard-read", "clipboard-write"];
  const context = await browser.newContext({ serviceWorkers: "block", locale: "en-US", permissions });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.addInitScript(() => localStorage.setItem("postproof.deadline", "600000"));
  const loaded = [];
  page.on("requestfinished", (request) => loaded.push(request));
  if (slower > 1) {
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  }
  const link = project && `#1.${deflateSync(JSON.stringify(project), { level: 9 }).toString("base64url")}`;
  await page.goto(`${address}${link ?? ""}`);
  return { page, loaded, close: () => context.close() };
}

const verdict = (page) => page.waitForFunction(() => globalThis.seen.first > 0, null, { timeout: 120_000 });
const longest = (page) => page.evaluate(() => Math.max(0, ...globalThis.seen.tasks) / 1000);
const forget = (page) => page.evaluate(() => (globalThis.seen.tasks.length = 0));

/** A page with this project. Its texts are too long for a link: they are pasted, as a person would. */
async function open({ files: [file], inputs: [input] }) {
  const empty = { files: [{ ...file, content: "" }], inputs: [{ ...input, content: "" }] };
  const visitor = await visit({ project: empty });
  await verdict(visitor.page);
  for (const [pane, { content }] of [["input", input], ["rules", file]]) {
    await visitor.page.evaluate((text) => navigator.clipboard.writeText(text), content);
    await caret(visitor.page, pane);
    await visitor.page.keyboard.press("Control+A");
    await visitor.page.keyboard.press("Control+V");
  }
  return visitor;
}

/** Puts the caret at the end of the first line of a pane's text. */
async function caret(page, pane) {
  await page.locator(`section.${pane} .cm-content`).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("End");
}

for (let round = 0; round < Number(rounds); round += 1) {
  const { page, loaded, close } = await visit();
  await verdict(page);
  let bytes = 0;
  for (const request of [...loaded]) bytes += (await request.sizes()).responseBodySize;
  say("bytes", bytes);
  say("first", (await page.evaluate(() => globalThis.seen.first)) / 1000);
  await close();

  const slow = await visit({ slower: 4 });
  await verdict(slow.page);
  say("first-slow", (await slow.page.evaluate(() => globalThis.seen.first)) / 1000);
  await slow.close();
}

/** Types at the end of the first line of a pane's text, and waits for the verdict on each key. */
async function type(page, pane, keys) {
  await caret(page, pane);
  await page.waitForTimeout(1500);
  await page.evaluate(() => Object.assign(globalThis.seen, { key: null, keys: [] }));
  await forget(page);
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press("x");
    await page.waitForFunction((count) => globalThis.seen.keys.length > count, key, { polling: 20, timeout: 60_000 });
  }
  return page.evaluate(() => globalThis.seen.keys.map((key) => key / 1000));
}

for (const pane of ["rules", "input"]) {
  const { page, close } = await open(projects(data)["1,000 rules and a message of 100 KB"]);
  for (const seconds of await type(page, pane, KEYS)) say(`key-${pane}`, seconds);
  say(`task-${pane}`, await longest(page));
  await close();
}

const stuck = await open(forEver());
await stuck.page.locator("section.verdict progress").waitFor({ timeout: 60_000 });
await caret(stuck.page, "input");
await forget(stuck.page);
for (let key = 0; key < KEYS; key += 1) await stuck.page.keyboard.press("x", { delay: 25 });
say("task-for-ever", await longest(stuck.page));
await stuck.close();
await browser.close();
