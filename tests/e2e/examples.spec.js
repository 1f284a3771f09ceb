// The examples: each opens by its name, in both languages, with the verdict that its test file expects; their list, their
// lessons, and what becomes of a person's own work.

import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const folder = new URL("../examples/", import.meta.url);
const read = (file) => readFileSync(new URL(file, folder), "utf8");

/** The names of all examples, in the list's order. */
const NAMES = [...read("examples.toml").matchAll(/^examples = \[(.*)\]$/gm)].flatMap(([, names]) => JSON.parse(`[${names}]`));

/** A text of example.toml. */
const said = (name, part, lang) => {
  const about = read(`${name}/example.toml`).split(`[${part}]\n`)[1];
  return JSON.parse(about.match(new RegExp(`^${lang} = (".*")$`, "m"))[1]);
};

/** What the first case of a test file expects; of several verdicts for several clients, all. */
const expected = (name, form = "example") => {
  const [, first] = read(`${name}/${form}.postproof.toml`).split("[[case]]\n");
  const [, kind] = first.match(/^(message|host|session)/m);
  const [, verdict] = first.match(/verdict = ("\w+"|\[[^\]]*\])/);
  return { kind, verdicts: [JSON.parse(verdict)].flat(), reply: first.match(/reply = (?:\{ contains = )?"([^"]*)"/)?.[1] };
};

/** The first words of the verdict, by what it is about. */
const WORDS = {
  en: {
    message: { accepted: "Accepted", rejected: "Rejected", deferred: "Put off", discarded: "Thrown away", held: "On hold", redirected: "Sent elsewhere" },
    host: { permitted: /None of \d+ refused/, deferred: /(\d+) of \1 refused/, several: /[12] of 3 refused|1 of 2 refused/ },
    session: { accepted: "Nothing refused", rejected: "1 of 6 answers refuse", deferred: "1 of 6 answers refuse" },
  },
  ja: {
    message: { accepted: "受理", rejected: "拒否", deferred: "後回し", discarded: "破棄", held: "保留", redirected: "転送" },
    host: { permitted: /\d+ 件すべて拒否なし/, deferred: /(\d+) 件中 \1 件を拒否/, several: /3 件中 [12] 件を拒否|2 件中 1 件を拒否/ },
    session: { accepted: "拒否なし", rejected: "6 件の応答のうち 1 件が拒否", deferred: "6 件の応答のうち 1 件が拒否" },
  },
};

/** Holds what is shown against what a test file expects. */
async function shows(postproof, name, lang, form) {
  const { kind, verdicts, reply } = expected(name, form);
  const words = WORDS[lang][kind][verdicts.length > 1 ? "several" : verdicts[0]];
  expect(words, `${name}: words for ${verdicts}`).toBeDefined();
  await expect(postproof.verdict).toContainText(words);
  if (reply) await expect(postproof.verdict).toContainText(reply);
}

async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

test("the retry log is one of the inputs", async ({ postproof }) => {
  await postproof.open("example/retries");
  await postproof.inputTab("Log").click();
  const retries = postproof.events.filter({ hasText: "Retries like a mail server" });
  await expect(retries).toHaveCount(1);
  await expect(retries).toContainText("again after 15 min, 90 min");
});

test("there are many", () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(24);
});

for (const lang of ["en", "ja"])
  test.describe(lang, () => {
    test.use({ locale: lang === "en" ? "en-US" : "ja-JP" });

    for (const name of NAMES)
      test(`${name} opens by its name, and shows what its tests expect`, async ({ postproof, page }) => {
        await postproof.open(`example/${name}`);
        const lesson = page.locator(".lesson");
        await expect(lesson.getByRole("heading")).toHaveText(said(name, "title", lang));
        for (const part of ["see", "why", "mend"]) await expect(lesson).toContainText(said(name, part, lang));
        await shows(postproof, name, lang, "example");
        await expect(postproof.notices).toHaveCount(0);
        const mend = lesson.getByRole("button", { name: lang === "en" ? "Show it mended" : "直した形を見る" });
        if (name === "tests") {
          await expect(mend).toHaveCount(0);
          return;
        }
        await mend.click();
        await expect(lesson).toContainText(lang === "en" ? "This is the mended form." : "これは直した後の形です。");
        await shows(postproof, name, lang, "mended");
        await lesson.getByRole("button", { name: lang === "en" ? "Show it as it was" : "元の形に戻す" }).click();
        await shows(postproof, name, lang, "example");
        await expect(postproof.notices).toHaveCount(0);
      });
  });

test("the list is found, searched and followed by keyboard alone", async ({ postproof, page }) => {
  await postproof.open();
  const button = page.getByRole("button", { name: "Examples", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  const list = page.locator("#examples-dialog");
  await expect(list.getByRole("link")).toHaveCount(NAMES.length);
  await expect(list.getByLabel("Find an example")).toBeFocused();
  await page.keyboard.type("base64 body");
  await expect(list.getByRole("link")).toHaveCount(1);
  await expect(list.getByRole("status")).toHaveText("Examples found: 1");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(list).toBeHidden();
  await expect(page).toHaveURL(/#example\/base64-body$/);
  await expect(page.locator(".lesson").getByRole("heading")).toHaveText("A body in base64");
  await shows(postproof, "base64-body", "en");

  await button.click();
  await list.getByLabel("Find an example").fill("no such thing");
  await expect(list.getByRole("link")).toHaveCount(0);
  await expect(list.getByRole("status")).toHaveText("No example has these words.");
  await page.keyboard.press("Escape");
  if (await list.isVisible()) await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
});

test("the lesson leads on and back, and goes when it is closed", async ({ postproof, page }) => {
  await postproof.open(`example/${NAMES[0]}`);
  const lesson = page.locator(".lesson");
  await expect(lesson.getByRole("link", { name: "Previous example" })).toHaveCount(0);
  await lesson.getByRole("link", { name: "Next example" }).click();
  await expect(lesson.getByRole("heading")).toHaveText(said(NAMES[1], "title", "en"));
  await expect(lesson).toContainText(`2 of ${NAMES.length}`);
  await lesson.getByRole("link", { name: "Previous example" }).click();
  await expect(lesson.getByRole("heading")).toHaveText(said(NAMES[0], "title", "en"));
  await page.goBack();
  await expect(lesson.getByRole("heading")).toHaveText(said(NAMES[1], "title", "en"));
  await lesson.getByRole("button", { name: "Close the lesson" }).click();
  await expect(lesson).toHaveCount(0);
  await expect(postproof.verdict).toBeVisible();
});

test("a name that is none is told, and the page is not blank", async ({ postproof, page }) => {
  await postproof.open("example/no-such");
  await expect(postproof.notices).toContainText("There is no example named no-such.");
  await expect(postproof.events).not.toHaveCount(0);
  await postproof.notices.getByRole("button", { name: "All examples" }).click();
  await expect(page.locator("#examples-dialog").getByRole("link")).toHaveCount(NAMES.length);
});

test("own work gives way to an example with a way back, and stays on the device", async ({ postproof, page }) => {
  await postproof.open();
  await postproof.paste(postproof.rules, "/^Subject:/ REJECT mine\n");
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");
  await expect.poll(() => page.evaluate(() => localStorage.getItem("postproof.project"))).toContain("REJECT mine");
  await page.evaluate(() => (location.hash = "example/folded"));
  await expect(page.locator(".lesson")).toBeVisible();
  await expect(postproof.notices).toContainText("What was here before is not lost.");
  // Opened and not touched, it takes no one's place.
  await page.waitForTimeout(700);
  expect(await page.evaluate(() => localStorage.getItem("postproof.project"))).toContain("REJECT mine");
  await page.getByRole("button", { name: "Back to what was here" }).click();
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");
  await expect(page.locator(".lesson")).toHaveCount(0);
});

test("an example that is changed is kept as own work", async ({ postproof, page }) => {
  await postproof.open("example/folded");
  await expect(page.locator(".lesson")).toBeVisible();
  await postproof.paste(postproof.rules, "/^Subject:/ REJECT changed\n");
  await expect(postproof.verdict).toContainText("550 5.7.1 changed");
  await expect.poll(() => page.evaluate(() => localStorage.getItem("postproof.project"))).toContain("REJECT changed");
});

test("nothing of the examples is fetched before one is asked for", async ({ postproof, page }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await postproof.open(linkWith(project("/^Subject:/ REJECT x\n", "Subject: x\n\n")));
  await expect(postproof.verdict).toContainText("550 5.7.1 x");
  expect(fetched.filter((url) => url.includes("examples-"))).toEqual([]);
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await expect(page.locator("#examples-dialog").getByRole("link")).toHaveCount(NAMES.length);
  expect(fetched.filter((url) => url.includes("examples-"))).toHaveLength(1);
});

test.describe("where the file does not come", () => {
  test.use({ expected: /examples-|Failed to load resource/ });

  test("that is told, and tried again", async ({ postproof, page }) => {
    let broken = true;
    await page.route("**/assets/examples-*.json", (route) => (broken ? route.fulfill({ status: 503 }) : route.continue()));
    await postproof.open("example/folded");
    await expect(postproof.notices).toContainText("The examples could not be loaded.");
    broken = false;
    await postproof.notices.getByRole("button", { name: "Try again" }).click();
    await expect(page.locator(".lesson").getByRole("heading")).toHaveText(said("folded", "title", "en"));
  });
});

test.describe("offline", () => {
  test.use({ serviceWorkers: "allow" });

  test("all examples are there after the first visit", async ({ postproof, page, context }) => {
    await postproof.open();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await context.setOffline(true);
    await page.reload();
    await page.getByRole("button", { name: "Examples", exact: true }).click();
    await page.locator("#examples-dialog").getByRole("link").nth(5).click();
    await expect(page.locator(".lesson").getByRole("heading")).toHaveText(said(NAMES[5], "title", "en"));
    await context.setOffline(false);
  });
});

test("the top holds all that there is to tell, on a phone, too", async ({ postproof, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await postproof.open("example/tests");
  await expect(page.locator(".top .chip")).toBeVisible();
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await postproof.paste(postproof.rules, "/~Subject: casino/ REJCET\n");
  await expect(postproof.problems).not.toHaveCount(0);
  expect(await sideways()).toBe(0);
  await page.screenshot({ path: "test-results/screenshots/example-crowded-390-en-light.png" });
});

for (const locale of ["en-US", "ja-JP"])
  for (const colorScheme of ["light", "dark"])
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme });

      for (const [width, height] of [
        [390, 844],
        [820, 1100],
        [1440, 820],
      ])
        test(`nothing is in anyone's way at ${width}`, async ({ postproof, page }) => {
          await page.setViewportSize({ width, height });
          await postproof.open("example/negation");
          await expect(page.locator(".lesson")).toBeVisible();
          await expect(postproof.events).toHaveCount(1);
          const path = (what) => `test-results/screenshots/${what}-${width}-${locale.slice(0, 2)}-${colorScheme}.png`;
          await page.screenshot({ path: path("example"), fullPage: width < 800 });
          expect(await violations(page), "a lesson").toEqual([]);
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect(wider, "the page scrolls sideways").toBe(0);
          await page.getByRole("button", { name: /^(Examples|例題)$/ }).click();
          await expect(page.locator("#examples-dialog").getByRole("link")).toHaveCount(NAMES.length);
          await page.screenshot({ path: path("examples") });
          expect(await violations(page), "the list").toEqual([]);
        });
    });
