// What the engine found, drawn over a document: the lines and stretches that matched, how often each rule did.
//
// Marks are made for one version of a text. They move along with what is typed until the next ones come.

import { Prec, RangeSet, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter } from "@codemirror/view";

/** Replaces all marks: { lines: [{from, to, tone}], stretches: [{from, to, tone}], badges: [{at, text, tone, hollow, label}] }. */
const setMarks = StateEffect.define();

class Badge extends GutterMarker {
  constructor({ text, tone, hollow, label }) {
    super();
    Object.assign(this, { text, tone, hollow, label });
  }

  eq(other) {
    return ["text", "tone", "hollow", "label"].every((name) => this[name] === other[name]);
  }

  toDOM() {
    const badge = document.createElement("span");
    badge.className = `pp-badge pp-${this.tone}${this.hollow ? " pp-hollow" : ""}`;
    badge.textContent = this.text;
    badge.title = this.label;
    badge.setAttribute("role", "img");
    badge.setAttribute("aria-label", this.label);
    return badge;
  }
}

/** The widest badge there is, so that the text does not move when the first one comes. */
const spacer = new Badge({ text: "99", tone: "pass", hollow: false, label: "" });

const line = (tone) => Decoration.line({ class: `pp-line pp-${tone}` });
const stretch = (tone) => Decoration.mark({ tagName: "mark", class: `pp-mark pp-${tone}` });

function decorate(doc, { lines, stretches }) {
  const ranges = [];
  for (const { from, to, tone } of lines)
    for (let at = from; at <= Math.min(to, doc.length); at = doc.lineAt(at).to + 1)
      ranges.push(line(tone).range(doc.lineAt(at).from));
  for (const { from, to, tone } of stretches)
    if (from < to && to <= doc.length) ranges.push(stretch(tone).range(from, to));
  return Decoration.set(ranges, true);
}

function pin(doc, badges) {
  const builder = new RangeSetBuilder();
  const pinned = badges.filter(({ at }) => at <= doc.length).map((badge) => [doc.lineAt(badge.at).from, badge]);
  for (const [from, badge] of pinned.sort(([a], [b]) => a - b)) builder.add(from, from, new Badge(badge));
  return builder.finish();
}

const field = StateField.define({
  create: () => ({ decorations: Decoration.none, badges: RangeSet.empty }),
  update(value, transaction) {
    let { decorations, badges } = value;
    if (transaction.docChanged) {
      decorations = decorations.map(transaction.changes);
      badges = badges.map(transaction.changes);
    }
    for (const effect of transaction.effects)
      if (effect.is(setMarks)) {
        decorations = decorate(transaction.state.doc, effect.value);
        badges = pin(transaction.state.doc, effect.value.badges);
      }
    return decorations === value.decorations && badges === value.badges ? value : { decorations, badges };
  },
  // Lowest, so that a match is one element around whatever colours the text within it.
  provide: (self) => Prec.lowest(EditorView.decorations.from(self, (value) => value.decorations)),
});

/** Replaces what is lit: { lines: [{from, to}], stretches: [{from, to}] }. */
const setLit = StateEffect.define();

const litLine = Decoration.line({ class: "pp-lit-line" });
const litStretch = Decoration.mark({ class: "pp-lit" });

function illuminate(doc, { lines, stretches }) {
  const ranges = [];
  for (const { from, to } of lines)
    for (let at = from; at <= Math.min(to, doc.length); at = doc.lineAt(at).to + 1)
      ranges.push(litLine.range(doc.lineAt(at).from));
  for (const { from, to } of stretches) if (from < to && to <= doc.length) ranges.push(litStretch.range(from, to));
  return Decoration.set(ranges, true);
}

/** What belongs together with what a person looks at elsewhere. */
const lit = StateField.define({
  create: () => Decoration.none,
  update(value, transaction) {
    let decorations = transaction.docChanged ? value.map(transaction.changes) : value;
    for (const effect of transaction.effects)
      if (effect.is(setLit)) decorations = illuminate(transaction.state.doc, effect.value);
    return decorations;
  },
  provide: (self) => Prec.lowest(EditorView.decorations.from(self)),
});

/** A gutter for the badges, and the marks in the text. */
export const marks = [
  gutter({ class: "pp-badges", markers: (view) => view.state.field(field).badges, initialSpacer: () => spacer }),
  field,
  lit,
];

/** The effect that replaces a document's marks. */
export const replaceMarks = (found) => setMarks.of(found);

/** The effect that replaces what is lit. */
export const replaceLit = (found) => setLit.of(found);
