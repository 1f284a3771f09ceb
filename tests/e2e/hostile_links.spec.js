// Links that were broken on their way or made to hurt: a notice, an empty project, and a page that goes on working.

import { deflateSync } from "node:zlib";
import { expect, test } from "./support/test.js";
import { linkWith, project } from "./support/link.js";

const good = linkWith(project("/a/ REJECT\n", "From: a\n\n"));
const bomb = deflateSync(Buffer.alloc(40_000_000, 32), { level: 9 }).toString("base64url");

const HOSTILE = [
  ["cut short", good.slice(0, -9), "The end of this link is missing."],
  ["a changed character", good.replace(/.(?=.{20}$)/, (c) => (c === "A" ? "B" : "A")), "This link is damaged"],
  ["not base64", "1.<script>alert(1)</script>", "This link is damaged"],
  ["a bomb", `1.${bomb}`, "This link holds more than can be opened."],
  ["ten megabytes", `1.${"A".repeat(10_000_000)}`, "This link holds more than can be opened."],
  ["no project", linkWith("[1, 2, 3]"), "This link holds something else than a project."],
  ["wrong types", linkWith({ files: [{ name: 7 }], inputs: "x" }), "This link holds something else than a project."],
  ["a thousand files", linkWith({ files: Array(1000).fill(project("", "").files[0]), inputs: [] }), "This link holds more than can be opened."],
  ["a kind of input of the future", linkWith({ files: [], inputs: [{ kind: "dream", content: "" }] }), "only a newer version knows"],
  ["a version of the future", "99.AAAA", "This link is of a version that is unknown here."],
  ["something else", "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "The address of this page holds no project."],
];

for (const [what, fragment, told] of HOSTILE) {
  test(`${what}: a notice, an empty project, and the page goes on`, async ({ postproof, page }) => {
    await page.goto("/");
    await postproof.settled();
    await page.evaluate((fragment) => (location.hash = fragment), fragment);
    await expect(postproof.notices).toContainText(told);
    await expect(postproof.notices).toContainText("an empty project");
    await expect(postproof.verdict).toContainText("Nothing to try the rules on");

    await page.getByRole("button", { name: "Close this notice" }).click();
    await expect(postproof.notices).toHaveCount(0);
    await page.getByRole("button", { name: "Add a table" }).click();
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await postproof.text(postproof.rules).click();
    await page.keyboard.type("/^Subject:/ REJECT on");
    await postproof.text(postproof.input).click();
    await page.keyboard.type("Subject: x");
    await expect(postproof.verdict).toContainText("550 5.7.1 on");
  });
}

test("a page opened at a broken link shows the notice, too", async ({ postproof, page }) => {
  await page.goto(`/#${good.slice(0, -9)}`);
  await postproof.settled();
  await expect(postproof.notices).toContainText("The end of this link is missing.");
  await expect(postproof.rules).toContainText("There are no rules yet.");
});

test("markup in a link is text wherever it is shown", async ({ postproof, page }) => {
  const evil = `<img src=x onerror="document.title='hurt'"><script>document.title='hurt'</script>`;
  await postproof.open(
    linkWith({
      title: evil,
      files: [{ name: evil, role: "header_checks", kind: "regexp", content: `/(.*)/ REJECT ${evil} $1\n/(/ ${evil}\n` }],
      inputs: [{ name: evil, kind: "message", content: `Subject: ${evil}\n\n` }],
    }),
  );
  await expect(postproof.verdict).toContainText(`550 5.7.1 ${evil}`);
  await postproof.link();
  for (const place of [postproof.rules, postproof.input, postproof.because, postproof.verdict]) {
    await expect(place).toContainText("onerror=");
    await expect(place.locator("img, script")).toHaveCount(0);
  }
  await expect(page).toHaveTitle(`${evil} – Postproof`);
});
