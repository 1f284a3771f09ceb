// What glibc answers to patterns with back-references (tests/conformance/posix), by the engine: each pattern as a rule of a
// client access table, each subject as a host.

import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate, received, toml } from "./data.js";

/** Subjects that a host's name can be, as it is given. */
const NAME = /^[a-z0-9]+$/;

let asked = 0;

for (const { pattern, flags, answers } of toml("posix/back_reference.toml").case) {
  test(`/${pattern}/ ${flags}`, () => {
    const delimiter = [..."/~!%"].find((delimiter) => !pattern.includes(delimiter));
    assert.ok(delimiter);
    // Postfix's patterns are extended and fold case unless a flag says otherwise.
    const switches = (flags.includes("e") ? "" : "x") + (flags.includes("i") ? "" : "i") + (flags.includes("n") ? "m" : "");
    for (const { subject, groups = 0, found, unknown } of answers) {
      if (!NAME.test(subject)) continue;
      const wanted = Array.from({ length: groups }, (_, index) => `$${index + 1}`).join(" ");
      const { verdict } = evaluate({
        files: [
          {
            name: "t",
            role: "client_access",
            kind: "regexp",
            content: `${delimiter}${pattern}${delimiter}${switches} X ${wanted}\n`,
          },
        ],
        inputs: [{ kind: "hosts", content: subject }],
      });
      const [lookup] = verdict.hosts.hosts[0].lookups.filter((lookup) => received(lookup.key).toString() === subject);
      asked += 1;
      if (unknown) {
        assert.ok(lookup.answer.unknown, subject);
        continue;
      }
      const hit = lookup.answer.found;
      assert.equal(hit !== undefined, found !== undefined, subject);
      if (!hit || groups === 0) continue;
      const show = (span) => (span ? `${span.start}-${span.end}` : "-");
      assert.equal([hit.matched, ...hit.groups].map(show).join(" "), found, subject);
    }
  });
}

test("subjects were asked", () => assert.ok(asked > 0));
