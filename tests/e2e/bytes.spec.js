// Bytes that are no text stay what they are: dropped, shown, matched, shared.

import { readFileSync } from "node:fs";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const BYTES = [...Buffer.from("Subject: caf"), 0xe9, 0x20, 0xff, ...Buffer.from("\r\n\r\nbody\r\n")];

test("a dropped file keeps its bytes, and rules match them", async ({ postproof }) => {
  await postproof.open(linkWith(project("/caf[^ -~] [^ -~]$/ REJECT bytes\n", "")));
  await postproof.drop(postproof.input, "message.eml", BYTES);
  await expect(postproof.verdict).toContainText("550 5.7.1 bytes");
  await expect(postproof.input.locator(".pp-byte")).toHaveText(["E9", "FF"]);
  await expect(postproof.input.locator(".pp-control")).toHaveCount(3);
  await expect(postproof.events.first().locator(".byte")).toHaveText(["E9", "FF"]);

  await postproof.page.goto(await postproof.link());
  await postproof.page.reload();
  await postproof.settled();
  await expect(postproof.verdict).toContainText("550 5.7.1 bytes");
  await expect(postproof.input.locator(".pp-byte")).toHaveText(["E9", "FF"]);
});

test("typing beside such bytes leaves them alone", async ({ postproof, page }) => {
  await postproof.open(readFileSync(new URL("../links/bytes.txt", import.meta.url), "utf8").trim());
  const before = await postproof.input.locator(".pp-byte").allTextContents();
  expect(before.length).toBeGreaterThan(0);
  await postproof.caretAtEndOf(postproof.input, 1);
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  await expect(postproof.input.locator(".pp-byte")).toHaveText(before);
});

test("a file that is too big is refused with its size", async ({ postproof, page }) => {
  await postproof.open();
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(17 * 1024 * 1024)], "huge.eml"));
    const content = document.querySelector("section.input .editor").shadowRoot.querySelector(".cm-content");
    content.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expect(postproof.notices).toContainText("huge.eml has 17.0 MB; more than 16.0 MB cannot be opened.");
  await expect(postproof.verdict).toContainText("Rejected");
});

test("a file named as tables are becomes a table of that use", async ({ postproof }) => {
  await postproof.open(linkWith(project("", "From: a\n\nthe body\n")));
  await postproof.drop(postproof.rules, "body_checks", [...Buffer.from("/the/ REJECT dropped\n")]);
  await expect(postproof.verdict).toContainText("550 5.7.1 dropped");
});
