// After the first visit the page needs no network; a person's work stays on this device until it is forgotten.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Waits until the whole site is on the device. */
async function kept(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

test.describe("the site", () => {
  test.use({ serviceWorkers: "allow" });

  test("works without a network after the first visit, tests and folders included", async ({ postproof, page, context }) => {
    await postproof.open(linkWith(project("/^Subject:/ REJECT kept\n", "Subject: x\n\n")));
    await kept(page);
    await context.setOffline(true);
    await page.reload();
    await expect(postproof.verdict).toContainText("550 5.7.1 kept");
    await postproof.paste(postproof.rules, "/^Subject:/ REJECT off line\n");
    await expect(postproof.verdict).toContainText("550 5.7.1 off line");
    await page.locator("section.because").getByRole("tab", { name: "Tests" }).click();
    await page.getByRole("button", { name: "Keep as a test" }).click();
    await expect(page.locator("#because-panel")).toContainText("1 test passes");
    await page.goto("/");
    await expect(postproof.verdict).toContainText("550 5.7.1 off line");
    await context.setOffline(false);
  });

  test("a new version is told, and taken when a person says so", async ({ postproof, page }) => {
    // The site on a server of the test's own, which has another version after a while.
    let version = null;
    const server = createServer((request, response) => {
      const name = new URL(request.url, "http://x").pathname.replace(/\/$/, "/index.html").slice(1);
      let body;
      try {
        body = readFileSync(join("dist", name));
      } catch {
        response.writeHead(404).end();
        return;
      }
      if (name === "offline.js" && version) body = body.toString().replace(/VERSION = "\w+"/, `VERSION = "${version}"`);
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "text/plain", "cache-control": "no-cache" });
      response.end(body);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${server.address().port}/`;
    await page.goto(`${address}#${linkWith(project("/^Subject:/ REJECT old\n", "Subject: x\n\n"))}`);
    await expect(postproof.verdict).toContainText("550 5.7.1 old");
    await kept(page);
    await page.reload();
    await expect(postproof.verdict).toContainText("550 5.7.1 old");
    await expect(postproof.notices).toHaveCount(0);
    version = "another";
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await expect(postproof.notices).toContainText("A new version of Postproof is ready.");
    await page.getByRole("button", { name: "Use it now" }).click();
    await expect(postproof.notices).toHaveCount(0);
    await expect(postproof.verdict).toContainText("550 5.7.1 old");
    await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(["postproof-another"]);
    server.closeAllConnections();
    server.close();
  });
});

test("the site can be installed", async ({ page }) => {
  await page.goto("/");
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
  expect(manifest.display).toBe("standalone");
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== "any") expect(size).toBe(sizes);
  }
});

test("work is there at the next visit, and gone when it is forgotten", async ({ postproof, page }) => {
  await postproof.open();
  const first = await postproof.verdict.textContent();
  await postproof.paste(postproof.rules, "/^Subject:/ REJECT mine\n");
  await page.getByLabel("The project's title").fill("My rules");
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");
  await page.reload();
  await postproof.settled();
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");
  await expect(page.getByLabel("The project's title")).toHaveValue("My rules");

  // A link does not take its place.
  await page.goto("about:blank");
  await postproof.open(linkWith(project("/^From:/ REJECT theirs\n", "From: a\n\n")));
  await expect(postproof.verdict).toContainText("550 5.7.1 theirs");
  await expect(postproof.notices).toContainText("Your own work from before is still here.");
  await page.getByRole("button", { name: "Back to what was here" }).click();
  await expect(postproof.verdict).toContainText("550 5.7.1 mine");

  await page.getByRole("button", { name: "Help and keys" }).click();
  await page.getByRole("button", { name: "Forget everything on this device" }).click();
  await expect(page.locator("#help-dialog").getByRole("status")).toHaveText("Nothing is kept here any more.");
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("postproof.")))).toEqual([]);
  await page.goto("about:blank");
  await postproof.open();
  expect(await postproof.verdict.textContent()).toBe(first);
});
