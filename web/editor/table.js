// How a pattern table is coloured. Only for the eye: what a line means is the engine's to say.

import { StreamLanguage } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const REFUSES = /^(?:REJECT|DISCARD|DEFER(?:_IF_REJECT|_IF_PERMIT)?|[45]\d\d)(?=\s|$)/i;
const CHANGES = /^(?:FILTER|REDIRECT|BCC|IGNORE|STRIP|REPLACE|PREPEND)(?=\s|$)/i;
const WATCHES = /^(?:HOLD|WARN|INFO)(?=\s|$)/i;
const PASSES = /^(?:DUNNO|OK|PASS|permit\S*)(?=\s|$)/i;

/** Takes a pattern from its first delimiter to behind its flags. */
function pattern(stream) {
  const delimiter = stream.next();
  let escaped = false;
  for (let c = stream.next(); c !== undefined; c = stream.next()) {
    if (escaped) escaped = false;
    else if (c === "\\") escaped = true;
    else if (c === delimiter) break;
  }
  stream.match(/^[a-z]+/i);
}

function result(stream) {
  for (const [action, style] of [[REFUSES, "refuses"], [CHANGES, "changes"], [WATCHES, "watches"], [PASSES, "passes"]])
    if (stream.match(action)) return style;
  if (stream.match(/^\$(?:\$|\d+|\{\d+\}|\(\d+\))/)) return "group";
  stream.next();
  stream.match(/^[^$]*/);
  return null;
}

const language = StreamLanguage.define({
  name: "postfix-table",
  startState: () => ({ part: "pattern" }),
  token(stream, state) {
    if (stream.sol()) {
      if (stream.match(/^\s*#/)) {
        stream.skipToEnd();
        return "comment";
      }
      // A line that starts with white space goes on with what the line above was at.
      if (!/\s/.test(stream.peek() ?? "")) state.part = "pattern";
    }
    if (stream.eatSpace()) return null;
    if (state.part !== "pattern") {
      const style = result(stream);
      state.part = "text";
      return style;
    }
    if (stream.match(/^(?:if|endif)(?![^\s!/])/i)) return "keyword";
    if (stream.eat("!")) return "negation";
    if (/[a-z0-9]/i.test(stream.peek())) {
      stream.skipToEnd();
      return "unread";
    }
    pattern(stream);
    // regexp_table(5): /this/!/not that/ is one rule with two patterns.
    if (stream.peek() !== "!") state.part = "result";
    return "pattern";
  },
  tokenTable: {
    comment: tags.comment,
    keyword: tags.keyword,
    negation: tags.operator,
    pattern: tags.regexp,
    group: tags.variableName,
    unread: tags.invalid,
    refuses: tags.deleted,
    changes: tags.changed,
    watches: tags.annotation,
    passes: tags.inserted,
  },
});

export const table = language.extension ?? language;
