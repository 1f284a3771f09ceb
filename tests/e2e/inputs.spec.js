// The inputs of the project: several of a kind, named, copied, moved and removed, by mouse and by keyboard.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test.js";
import { linkWith } from "./support/link.js";

const MESSAGE = { kind: "message", content: "Subject: casino\n\n" };
const open = (postproof, inputs = [MESSAGE]) =>
  postproof.open(
    linkWith({
      files: [{ name: "header_checks", role: "header_checks", kind: "regexp", content: "/casino/ REJECT no\n" }],
      inputs,
    }),
  );

test("a second message is added, named, and asked about by itself", async ({ postproof, page }) => {
  await open(postproof);
  await expect(postproof.verdict).toContainText("Rejected");
  await page.getByRole("button", { name: "Add an input" }).click();
  expect((await new AxeBuilder({ page }).include("#input-dialog").analyze()).violations).toEqual([]);
  await page.getByLabel("Name", { exact: true }).fill("a friend's letter");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(postproof.inputTab("a friend's letter")).toHaveAttribute("aria-selected", "true");
  await postproof.paste(postproof.input, "Subject: hello\n\n");
  await expect(postproof.verdict).toContainText("Accepted");
  await postproof.inputTab("Message").click();
  await expect(postproof.verdict).toContainText("Rejected");
  expect(await postproof.read(postproof.input)).toBe("Subject: casino\n\n");
});

test("a copy is its own text, and unnamed ones are told apart", async ({ postproof, page }) => {
  await open(postproof);
  await page.getByRole("button", { name: "Name and kind of Message" }).click();
  await page.getByRole("button", { name: "Duplicate" }).click();
  await expect(postproof.inputTab("Message 2")).toHaveAttribute("aria-selected", "true");
  await postproof.paste(postproof.input, "Subject: hello\n\n");
  await expect(postproof.verdict).toContainText("Accepted");
  await postproof.input.getByRole("tab", { name: "Message", exact: true }).click();
  await expect(postproof.verdict).toContainText("Rejected");
});

test("F2 renames, Delete removes, Undo brings back", async ({ postproof, page }) => {
  await open(postproof, [MESSAGE, { kind: "hosts", content: "unknown\n" }]);
  await postproof.inputTab("Hosts").click();
  await page.keyboard.press("F2");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.type("from the log");
  await page.keyboard.press("Enter");
  await expect(postproof.inputTab("from the log")).toBeVisible();
  await postproof.inputTab("from the log").click();
  await page.keyboard.press("Delete");
  await expect(postproof.inputTab("from the log")).toHaveCount(0);
  await expect(postproof.inputTab("Session")).toBeFocused();
  await expect(postproof.notices).toContainText("from the log is removed.");
  await postproof.notices.getByRole("button", { name: "Undo" }).click();
  await expect(postproof.inputTab("from the log")).toHaveAttribute("aria-selected", "true");
  expect(await postproof.read(postproof.input)).toBe("unknown\n");
  await expect(postproof.notices).toContainText("Undone: from the log is removed.");
});

test("the last input leaves an empty one", async ({ postproof, page }) => {
  await open(postproof);
  await postproof.inputTab("Session").click();
  for (const left of [3, 2, 1, 1]) {
    await page.keyboard.press("Delete");
    await expect(postproof.input.getByRole("tab")).toHaveCount(left);
  }
  await expect(postproof.input.getByRole("tab")).toBeFocused();
});

test("tabs go along their row with Control, Shift and an arrow", async ({ postproof, page }) => {
  await open(postproof);
  await postproof.inputTab("Message").click();
  await page.keyboard.press("Control+Shift+ArrowRight");
  await expect(postproof.input.getByRole("tab")).toHaveText(["Hosts", "Message", "Session", "Log"]);
  await expect(postproof.inputTab("Message")).toBeFocused();
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await expect(postproof.input.getByRole("tab")).toHaveText(["Message", "Hosts", "Session", "Log"]);
});

test("another kind is another question", async ({ postproof, page }) => {
  await open(postproof, [{ kind: "message", content: "ppp1-2.example.net\n" }]);
  await page.getByRole("button", { name: "Name and kind of Message" }).click();
  await page.locator("#input-dialog").getByLabel("Kind").selectOption("hosts");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(postproof.verdict).toContainText("1 of 1 refused");
});

test("all inputs travel in the link, names too", async ({ postproof, page }) => {
  await open(postproof, [MESSAGE, { ...MESSAGE, name: "second" }, { kind: "hosts", name: "ours", content: "unknown\n" }]);
  await page.goto(await postproof.link());
  await page.reload();
  await postproof.settled();
  await expect(postproof.input.getByRole("tab")).toHaveText(["Message", "second", "ours", "Session", "Log"]);
});
