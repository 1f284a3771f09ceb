// How tables and messages are coloured: only for the eye, line by line, and only the lines in sight. What a line means
// is the engine's to say.

import { EditorState } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";

const paint = (name) => Decoration.mark({ class: `pp-c-${name}` });
const PAINTS = Object.fromEntries(
  ["comment", "keyword", "pattern", "group", "reject", "change", "warn", "pass", "name"].map((name) => [name, paint(name)]),
);

/** An extension that paints [from, to, name of a paint] of each line, as `pieces(text, line, doc)` says. */
function colouring(pieces) {
  const decorate = ({ state, visibleRanges }) => {
    const found = [];
    for (const range of visibleRanges)
      for (let at = range.from; at <= range.to; ) {
        const line = state.doc.lineAt(at);
        for (const [from, to, name] of pieces(line.text, line, state.doc))
          if (from < to) found.push(PAINTS[name].range(line.from + from, line.from + to));
        at = line.to + 1;
      }
    return Decoration.set(found, true);
  };
  return ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = decorate(view);
      }
      update(update) {
        if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

const ACTIONS = [
  [/^(?:REJECT|DISCARD|DEFER(?:_IF_REJECT|_IF_PERMIT)?|[45]\d\d)(?=\s|$)/i, "reject"],
  [/^(?:FILTER|REDIRECT|BCC|IGNORE|STRIP|REPLACE|PREPEND)(?=\s|$)/i, "change"],
  [/^(?:HOLD|WARN|INFO)(?=\s|$)/i, "warn"],
  [/^(?:DUNNO|OK|PASS|permit\w*)(?=\s|$)/i, "pass"],
];

/** Where a pattern that starts at `from` ends: behind its second delimiter and its flags. */
function endOfPattern(text, from) {
  let at = from + 1;
  while (at < text.length && text[at] !== text[from]) at += text[at] === "\\" ? 2 : 1;
  return at + 1 + /^[a-z]*/i.exec(text.slice(at + 1))[0].length;
}

const skipBlanks = (text, from) => from + /^\s*/.exec(text.slice(from))[0].length;

function* result(text, from) {
  for (const [action, name] of ACTIONS) {
    const found = action.exec(text.slice(from));
    if (found) yield [from, from + found[0].length, name];
  }
  for (const group of text.slice(from).matchAll(/\$(?:\$|\d+|\{\d+\}|\(\d+\))/g))
    yield [from + group.index, from + group.index + group[0].length, "group"];
}

function* tableLine(text) {
  if (/^\s*#/.test(text)) return yield [0, text.length, "comment"];
  // A line that starts with white space goes on with what the line above was at.
  if (/^\s/.test(text)) return yield* result(text, text.length - text.trimStart().length);
  let at = 0;
  const word = /^(?:if|endif)(?![^\s!/])/i.exec(text);
  if (word) {
    yield [0, word[0].length, "keyword"];
    at = skipBlanks(text, word[0].length);
  } else if (/^[a-z0-9.:[]/i.test(text)) {
    // A key or a network; or a word that is no rule, which the engine says.
    at = text.search(/\s|$/);
    yield [0, at, "pattern"];
    return yield* result(text, skipBlanks(text, at));
  }
  // regexp_table(5): /this/!/not that/ is one rule with two patterns.
  while (at < text.length && /[^\sa-z0-9]/i.test(text[at])) {
    const start = text[at] === "!" ? skipBlanks(text, at + 1) : at;
    const end = Math.min(endOfPattern(text, start), text.length);
    yield [at, end, "pattern"];
    at = end;
    if (text[at] !== "!") break;
  }
  yield* result(text, skipBlanks(text, at));
}

/** The names of headers, up to the first empty line. */
function messageColouring() {
  let known = null;
  let end = 0;
  const endOfHeaders = (doc) => {
    if (doc !== known) {
      known = doc;
      end = doc.length;
      for (let number = 1; number <= doc.lines; number += 1) {
        const line = doc.line(number);
        if (line.text === "" || line.text === "\r") {
          end = line.from;
          break;
        }
      }
    }
    return end;
  };
  return colouring((text, line, doc) => {
    const name = /^[!-9;-~]+[ \t]*:/.exec(text);
    return name && line.from < endOfHeaders(doc) ? [[0, name[0].length, "name"]] : [];
  });
}

/** A language by what the page calls it. */
export function language(name) {
  if (name === "table")
    return [colouring(tableLine), EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }])];
  if (name === "message") return messageColouring();
  return EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]);
}
