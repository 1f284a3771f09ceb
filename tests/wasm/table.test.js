// What postmap answers (tests/conformance/table), by the engine: each table as a client access table, each key as a host.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carried, evaluate, received, toml, unescaped } from "./data.js";

/** Tables whose keys a client can be, as it is given: a name of a host has no space, and no capital letter. */
const NAME = /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/;

const cases = toml("table/regexp.toml").case.filter(
  ({ maps, refused, message }) => maps.length === 1 && /^regexp:\w+$/.test(maps[0]) && !refused && !message,
);

let asked = 0;

for (const { name, maps, files, answers } of cases) {
  test(name, () => {
    const file = maps[0].slice("regexp:".length);
    for (const { key, result, fails } of answers) {
      if (!NAME.test(key) || fails) continue;
      const { verdict } = evaluate({
        files: [{ name: file, role: "client_access", kind: "regexp", content: carried(unescaped(files[file])) }],
        inputs: [{ kind: "hosts", content: key }],
      });
      const [lookup] = verdict.hosts.hosts[0].lookups.filter((lookup) => received(lookup.key).toString() === key);
      const found = lookup.answer.found ? received(lookup.answer.found.result) : null;
      assert.deepEqual(found, result === undefined ? null : unescaped(result), key);
      asked += 1;
    }
  });
}

test("keys were asked", () => {
  assert.ok(asked > 0);
});
