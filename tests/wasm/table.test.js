// What postmap answers (tests/conformance/table), by the engine: each table as a client access table, each key as a host.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carried, evaluate, received, toml, unescaped } from "./data.js";

/** Tables whose keys a client can be, as it is given: a name of a host has no space, and no capital letter. */
const NAME = /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/;

const asked = { regexp: 0, pcre: 0 };

const cases = Object.keys(asked).flatMap((kind) =>
  toml(`table/${kind}.toml`)
    .case.filter(
      ({ maps, refused, message }) =>
        maps.length === 1 && new RegExp(`^${kind}:\\w+$`).test(maps[0]) && !refused && !message,
    )
    .map((found) => ({ kind, ...found })),
);

for (const { kind, name, maps, files, answers } of cases) {
  test(`${kind}: ${name}`, () => {
    const file = maps[0].slice(kind.length + 1);
    for (const { key, result, fails } of answers) {
      if (!NAME.test(key) || fails) continue;
      const { verdict } = evaluate({
        files: [{ name: file, role: "client_access", kind, content: carried(unescaped(files[file])) }],
        inputs: [{ kind: "hosts", content: key }],
      });
      const [lookup] = verdict.hosts.hosts[0].lookups.filter((lookup) => received(lookup.key).toString() === key);
      const found = lookup.answer.found ? received(lookup.answer.found.result) : null;
      assert.deepEqual(found, result === undefined ? null : unescaped(result), key);
      asked[kind] += 1;
    }
  });
}

test("keys were asked", () => {
  for (const [kind, count] of Object.entries(asked)) assert.ok(count > 0, kind);
});
