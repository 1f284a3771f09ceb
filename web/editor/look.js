// The editor in the page's own colours: CSS variables reach through the shadow root, so a change of theme needs nothing
// here.

import { EditorView } from "@codemirror/view";

const tones = ["reject", "warn", "pass", "change", "unknown"];

/** One rule for each tone. */
const forTones = (selector, style) =>
  Object.fromEntries(tones.map((tone) => [selector(`.pp-${tone}`), style(`var(--${tone})`, `var(--${tone}-soft)`)]));

/** A wavy line under a problem, in a theme's colour, drawn by the browser. */
const wavy = (colour) => ({
  backgroundImage: "none",
  paddingBottom: "0",
  textDecoration: `underline wavy ${colour} 1.4px`,
  textUnderlineOffset: "4px",
  textDecorationSkipInk: "none",
});

export const look = EditorView.theme({
  "&": {
    height: "var(--editor-height, 100%)",
    maxHeight: "var(--editor-most, none)",
    backgroundColor: "var(--sheet)", color: "var(--ink)",
    fontSize: "13px",
  },
  "&.cm-focused": { outline: "2px solid var(--seal)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.62", overflow: "auto" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 4px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": {
    backgroundColor: "var(--selection) !important",
  },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--ink-3)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 10px 0 6px", minWidth: "30px" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine:not(.pp-line)": { backgroundColor: "var(--sunk)" },
  ".cm-placeholder": { color: "var(--ink-3)" },

  ".pp-c-comment": { color: "var(--ink-3)" },
  ".pp-c-keyword": { fontWeight: "600" },
  ".pp-c-pattern": { color: "var(--info)" },
  ".pp-c-group": { color: "var(--change)" },
  ".pp-c-name": { color: "var(--ink-2)", fontWeight: "600" },
  ...Object.fromEntries(
    ["reject", "change", "warn", "pass"].map((tone) => [`.pp-c-${tone}`, { color: `var(--${tone})`, fontWeight: "600" }]),
  ),

  ".pp-badges": { minWidth: "28px" },
  ".pp-badges .cm-gutterElement": { display: "flex", alignItems: "center", justifyContent: "center", padding: "0 3px" },
  ".pp-badge": {
    minWidth: "18px",
    padding: "0 4px",
    borderRadius: "9px",
    border: "1px solid transparent",
    fontSize: "11px",
    lineHeight: "14px",
    fontWeight: "600",
    textAlign: "center",
    color: "var(--sheet)",
  },
  ...forTones((tone) => `.pp-badge${tone}`, (strong) => ({ backgroundColor: strong })),
  ...forTones(
    (tone) => `.pp-badge.pp-hollow${tone}`,
    (strong) => ({ backgroundColor: "transparent", borderColor: strong, color: strong }),
  ),
  ...forTones((tone) => `.pp-line${tone}`, (_, soft) => ({ backgroundColor: soft })),
  ".pp-mark": { color: "inherit", borderRadius: "2px" },
  ...forTones(
    (tone) => `.pp-mark${tone}`,
    (strong, soft) => ({ backgroundColor: soft, borderBottom: `2px solid ${strong}` }),
  ),

  ".pp-lit-line": { boxShadow: "inset 3px 0 0 var(--info)" },
  ".pp-lit-line:not(.pp-line)": { backgroundColor: "var(--info-soft)" },
  ".pp-lit": { borderRadius: "2px", outline: "2px solid var(--info)", backgroundColor: "var(--info-soft)" },

  ".pp-byte, .pp-control": {
    fontSize: "0.82em",
    padding: "0 2px",
    margin: "0 1px",
    borderRadius: "3px",
    color: "var(--change)",
    backgroundColor: "var(--change-soft)",
  },
  ".pp-control": { color: "var(--ink-3)", backgroundColor: "transparent" },

  ".cm-gutter-lint": { width: "16px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-lint-marker": { width: "auto", height: "auto", content: "normal", textAlign: "center", fontWeight: "700" },
  ".cm-lint-marker-error": { content: "normal", "&::before": { content: '"▲"', color: "var(--reject)", fontSize: "10px" } },
  ".cm-lint-marker-warning": { content: "normal", "&::before": { content: '"▲"', color: "var(--warn)", fontSize: "10px" } },
  ".cm-lint-marker-hint": { content: "normal", "&::before": { content: '"~"', color: "var(--warn)" } },
  ".cm-lint-marker-info": { content: "normal", "&::before": { content: '"?"', color: "var(--unknown)" } },

  ".cm-lintRange-error": wavy("var(--reject)"),
  ".cm-lintRange-warning, .cm-lintRange-hint": wavy("var(--warn)"),
  ".cm-lintRange-info": wavy("var(--unknown)"),
  ".cm-lintRange-active": { backgroundColor: "var(--warn-soft)" },
  ".cm-tooltip": {
    backgroundColor: "var(--sheet)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--r)",
    boxShadow: "var(--shadow)",
    maxWidth: "min(46ch, 90vw)",
  },
  ".cm-diagnostic": { fontFamily: "var(--sans)", fontSize: "13px", lineHeight: "1.5", padding: "8px 12px", borderLeft: "none" },
  ".cm-diagnostic p": { margin: "0" },
  ".cm-diagnostic p + p": { marginTop: "4px", color: "var(--ink-2)" },
  ".cm-diagnosticAction": {
    font: "600 12px var(--sans)",
    margin: "6px 6px 0 0",
    minHeight: "24px",
    padding: "0 8px",
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--line-strong)",
    borderRadius: "4px",
  },

  ".cm-panels": { backgroundColor: "var(--paper)", color: "var(--ink)", fontFamily: "var(--sans)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "8px 28px 8px 10px", fontSize: "13px" },
  ".cm-textfield": {
    backgroundColor: "var(--sheet)",
    border: "1px solid var(--line-strong)",
    borderRadius: "4px",
    fontSize: "13px",
    padding: "2px 6px",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--sunk)",
    border: "1px solid var(--line-strong)",
    borderRadius: "4px",
    fontSize: "13px",
    padding: "2px 8px",
  },
  ".cm-searchMatch": { backgroundColor: "var(--info-soft)", outline: "1px solid var(--info)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--selection)" },
  ".cm-selectionMatch": { backgroundColor: "var(--info-soft)" },
});
