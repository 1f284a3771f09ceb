// One editor of the page: CodeMirror inside a shadow root, with one document in front and the others kept beside it.
//
// The shadow root is there for the page's Content-Security-Policy: CodeMirror then adopts constructed style sheets, and
// no inline style is needed anywhere. This is the one module that the page's Rust imports (as `postproof-editor`).

import { history, isolateHistory } from "@codemirror/commands";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  lineNumbers,
} from "@codemirror/view";
import { rawBytes } from "./bytes.js";
import { language } from "./colouring.js";
import { pasteOverAll, takeFiles } from "./drop.js";
import { keys } from "./keys.js";
import { look } from "./look.js";
import { marks, replaceLit, replaceMarks } from "./marks.js";
import { typeOverSelection } from "./typing.js";

export { DeskWorker } from "./desk.js";
export { EngineWorker } from "./engine.js";
export { examples } from "./examples.js";
export { canPassOn, choose, passOn, save, saveFolder } from "./files.js";
export { forget, keepOffline, update } from "./offline.js";

/** A problem in three sentences: what is wrong, what Postfix does, how to mend it. */
function paragraphs(texts) {
  const message = document.createElement("div");
  for (const text of texts) {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    message.append(paragraph);
  }
  return message;
}

/** The change from one text to another, without what both begin and end with: the caret stays where it can. */
function difference(before, after, state) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { from, to: before.length - same, insert: state.toText(after.slice(from, after.length - same)) };
}

const diagnostic = ({ from, to, severity, texts, code, mend }, length, { mended, explain }) => ({
  from: Math.min(from, length),
  to: Math.min(Math.max(to, from), length),
  severity,
  message: texts.join(" "),
  renderMessage: () => paragraphs(texts),
  actions: [
    ...(mend ? [{ name: mend.label, apply: () => mended(mend.changes) }] : []),
    { name: code, apply: () => explain(code) },
  ],
});

export class Editor {
  #view;
  #words = new Compartment();
  #documents = new Map();
  #front = null;
  #options;
  #spoken = { phrases: {}, label: "" };

  /**
   * @param {HTMLElement} host
   * @param {number} limit the most bytes of a dropped file
   * @param {(key: number, text: string, version: number, step: boolean) => void} changed a document changed; in a step that
   *   the project's history takes back when it was no typing
   * @param {(name: string, bytes: Uint8Array | null, size: number) => void} dropped
   * @param {(code: string) => void} explain a person wants to know more about a problem
   * @param {[string, string][]} bindings keys and what they do: see keys.js
   * @param {(key: number, at: number) => void} moved the caret of the document in front moved, or the editor got the focus
   */
  constructor(host, limit, changed, dropped, explain, bindings, moved) {
    this.#options = { limit, changed, dropped, explain, keys: keys(bindings), moved };
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.#view = new EditorView({ parent: root, root });
  }

  /**
   * Asks about a text that is pasted in the place of everything in front.
   * @param {(key: number, text: string) => boolean} taken whether it went elsewhere
   */
  asks(taken) {
    this.#options.taken = taken;
  }

  /** Brings document `key` to the front. A document that is new here gets `text`; `name` is a language of colouring.js. */
  show(key, text, name, label) {
    this.#keep();
    if (!this.#documents.has(key)) this.#documents.set(key, { version: 0, state: this.#create(key, text, name) });
    this.#front = key;
    this.#spoken.label = label;
    this.#view.setState(this.#documents.get(key).state);
    this.#speak();
  }

  /** Words of CodeMirror's own in the page's language, and the editor's name for screen readers. */
  speak(phrases, label) {
    this.#spoken = { phrases, label };
    if (this.#front !== null) this.#speak();
  }

  /** Forgets all documents but these, their histories with them. */
  keep(keys) {
    const wanted = new Set(keys);
    for (const key of this.#documents.keys()) if (!wanted.has(key)) this.#documents.delete(key);
    if (!wanted.has(this.#front)) this.#front = null;
  }

  /** Replaces the whole text in front; one step for undo. */
  replace(text) {
    const { state } = this.#view;
    this.#view.dispatch({
      changes: { from: 0, to: state.doc.length, insert: state.toText(text) },
      selection: { anchor: 0 },
      scrollIntoView: true,
      userEvent: "input.replace",
    });
  }

  /** Puts a text in the place of document `key`'s, in front or not; one step for undo, and none of the project's history. */
  put(key, text) {
    const kept = this.#documents.get(key);
    if (kept === undefined) return;
    const inFront = key === this.#front;
    const state = inFront ? this.#view.state : kept.state;
    const spec = {
      changes: difference(state.doc.toString(), text, state),
      annotations: isolateHistory.of("full"),
    };
    if (inFront) return this.#view.dispatch(spec);
    kept.state = state.update(spec).state;
    kept.version += 1;
    this.#options.changed(key, text, kept.version, false);
  }

  /**
   * Shows what was found in version `version` of document `key`; a text that has changed since waits for newer marks.
   * `found` is { problems: [{from, to, severity, texts, code, mend: {label, changes}}], lines, stretches, badges } (see marks.js).
   */
  mark(key, version, found) {
    const kept = this.#documents.get(key);
    if (kept === undefined || kept.version !== version) return;
    const state = key === this.#front ? this.#view.state : kept.state;
    const does = { mended: (changes) => this.mend(key, version, changes), explain: this.#options.explain };
    const problems = found.problems.map((problem) => diagnostic(problem, state.doc.length, does));
    const spec = setDiagnostics(state, problems);
    spec.effects = [spec.effects ?? [], replaceMarks(found)].flat();
    if (key === this.#front) this.#view.dispatch(spec);
    else kept.state = state.update(spec).state;
  }

  /** Makes changes ([{from, to, text}]) in version `version` of document `key`, if that is in front; one step for undo. */
  mend(key, version, changes) {
    const kept = this.#documents.get(key);
    if (key !== this.#front || kept === undefined || kept.version !== version) return;
    const { state } = this.#view;
    this.#view.dispatch({
      changes: changes.map(({ from, to, text }) => ({ from, to, insert: state.toText(text) })),
      annotations: isolateHistory.of("full"),
      userEvent: "input.mend",
    });
    this.#view.focus();
  }

  /** Lights what belongs together with what a person looks at elsewhere (see marks.js). */
  light(found) {
    this.#view.dispatch({ effects: replaceLit(found) });
  }

  /** Selects a stretch of the text in front and goes there. */
  jump(from, to) {
    const { length } = this.#view.state.doc;
    const [anchor, head] = [Math.min(from, length), Math.min(to, length)];
    this.#view.dispatch({
      selection: { anchor, head },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    });
    this.#view.focus();
  }

  #keep() {
    const kept = this.#front === null ? undefined : this.#documents.get(this.#front);
    if (kept !== undefined) kept.state = this.#view.state;
  }

  #speak() {
    this.#view.dispatch({ effects: this.#words.reconfigure(this.#wording()) });
  }

  #wording() {
    const { phrases, label } = this.#spoken;
    // What is editable has the focus anyway; the number says so to tools that look for a way to scroll by keyboard.
    return [EditorState.phrases.of(phrases), EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" })];
  }

  #create(key, text, name) {
    const { limit, changed, dropped, keys, moved } = this.#options;
    return EditorState.create({
      doc: text,
      extensions: [
        // Only a newline ends a line: a carriage return is a character that Postfix sees.
        EditorState.lineSeparator.of("\n"),
        marks,
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        dropCursor(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        rawBytes,
        EditorView.lineWrapping,
        keys,
        typeOverSelection,
        this.#words.of(this.#wording()),
        look,
        language(name),
        takeFiles(limit, dropped),
        pasteOverAll((text) => this.#options.taken?.(key, text) ?? false),
        EditorView.updateListener.of((update) => {
          const focused = update.focusChanged && update.view.hasFocus;
          if (update.selectionSet || update.docChanged || focused) moved(key, update.state.selection.main.head);
          if (!update.docChanged) return;
          const kept = this.#documents.get(key);
          if (kept === undefined) return;
          kept.version += 1;
          const step = update.transactions.some((made) => made.isUserEvent("input.mend") || made.isUserEvent("input.replace"));
          changed(key, update.state.doc.toString(), kept.version, step);
        }),
      ],
    });
  }
}
