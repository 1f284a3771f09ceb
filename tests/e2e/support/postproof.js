// The page as a person sees it: what stands where, and what one can do.

import { expect } from "@playwright/test";

export class Postproof {
  constructor(page) {
    this.page = page;
    this.verdict = page.getByRole("status").first();
    this.rules = page.locator("section.rules");
    this.input = page.locator("section.input");
    this.because = page.locator("section.because");
    this.problems = this.rules.locator(".problems li");
    this.notices = page.locator(".notice");
    this.events = this.because.locator(".event");
  }

  /** Opens the page, with a link's fragment if one is given, and waits for the first verdict. */
  async open(fragment = "") {
    await this.page.goto(fragment ? `/#${fragment}` : "/");
    await this.settled();
  }

  /** Waits until what is shown is about what is there. */
  async settled() {
    await expect(this.page.locator("section.verdict")).not.toHaveAttribute("aria-busy", "true");
    await expect(this.verdict).not.toContainText(/Getting ready|準備中/);
  }

  table(name) {
    return this.rules.getByRole("tab", { name });
  }

  inputTab(name) {
    return this.input.getByRole("tab", { name });
  }

  /** The editable text of a pane. */
  text(pane) {
    return pane.locator(".cm-content");
  }

  /** The text of a pane as it is, lines joined by newlines. */
  async read(pane) {
    return (await pane.locator(".cm-line").allTextContents()).join("\n");
  }

  /** Puts a text in the place of a pane's, through the clipboard, as a person would. */
  async paste(pane, text) {
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await this.text(pane).click();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Control+V");
  }

  /** Puts the caret at the end of a line that is in sight, counted from 1. */
  async caretAtEndOf(pane, line) {
    await pane.locator(".cm-line").nth(line - 1).click();
    await this.page.keyboard.press("End");
  }

  /** Drops a file of these bytes on a pane's editor. */
  async drop(pane, name, bytes) {
    const transfer = await this.page.evaluateHandle(
      ({ name, bytes }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], name));
        return transfer;
      },
      { name, bytes },
    );
    await this.text(pane).dispatchEvent("drop", { dataTransfer: transfer });
  }

  /** Opens the share dialog and takes the link from it. */
  async link() {
    await this.page.getByRole("button", { name: /^(Share|共有)$/ }).click();
    const field = this.page.locator("#share-dialog input");
    await expect(field).toHaveValue(/#1\./);
    const link = await field.inputValue();
    await this.page.keyboard.press("Escape");
    return link;
  }
}
