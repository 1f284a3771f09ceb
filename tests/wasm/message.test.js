// What a real Postfix did to messages under header and body checks (tests/conformance/message), by the engine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, carried, evaluate, names, received, toml, unescaped } from "./data.js";

const recorded = toml("message/recorded.toml");
const message = new Map(
  names("message/messages").map((name) => [name.replace(/\.eml$/, ""), bytes(`message/messages/${name}`)]),
);
const rules = new Map(
  names("message/rules").map((set) => [
    set,
    names(`message/rules/${set}`).map((parameter) => ({
      name: parameter,
      role: parameter,
      kind: "regexp",
      content: carried(bytes(`message/rules/${set}/${parameter}`)),
    })),
  ]),
);

test("every message was recorded under every rule set", () => {
  assert.equal(recorded.answer.length, message.size * rules.size);
});

/** What became of a message, in the words of a verdict. */
function became({ reply, held = false, discarded = false }) {
  if (reply.startsWith("5")) return "rejected";
  if (reply.startsWith("4")) return "deferred";
  if (discarded) return "discarded";
  return held ? "held" : "taken";
}

/** A verdict in the same words: a message that goes elsewhere was taken. */
function decided({ disposition }) {
  return ["accepted", "redirected"].includes(disposition) ? "taken" : disposition;
}

const compared = (verdict) => ({
  disposition: decided(verdict),
  reply: verdict.reply && `${verdict.reply.code} ${verdict.reply.status} ${received(verdict.reply.text)}`,
});

for (const set of rules.keys()) {
  test(`rule set ${set}`, () => {
    for (const answer of recorded.answer.filter((answer) => answer.rules === set)) {
      const content = message.get(answer.message);
      // The page takes an empty input for none, and gives no verdict on it.
      if (content.length === 0) continue;
      const { verdict } = evaluate({
        files: rules.get(set),
        inputs: [{ kind: "message", content: carried(content) }],
      });
      assert.deepEqual(verdict.message.unknown, [], answer.message);
      const disposition = became(answer);
      const refused = disposition === "rejected" || disposition === "deferred";
      const reply = refused ? unescaped(answer.reply).toString() : null;
      assert.deepEqual(compared(verdict.message), { disposition, reply }, `${set}: ${answer.message}`);
    }
  });
}
