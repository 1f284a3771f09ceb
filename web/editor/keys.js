// The keys of an editor: those of every editor, without what belongs to programming. A new line starts at its very
// beginning, since white space there means something in tables and messages; backspace takes one character, never an
// "indentation".

import {
  copyLineDown,
  copyLineUp,
  cursorCharLeft,
  cursorCharRight,
  cursorDocEnd,
  cursorDocStart,
  cursorGroupLeft,
  cursorGroupRight,
  cursorLineBoundaryBackward,
  cursorLineBoundaryForward,
  cursorLineBoundaryLeft,
  cursorLineBoundaryRight,
  cursorLineDown,
  cursorLineUp,
  cursorPageDown,
  cursorPageUp,
  deleteCharBackwardStrict,
  deleteCharForward,
  deleteGroupBackward,
  deleteGroupForward,
  deleteLine,
  deleteLineBoundaryBackward,
  deleteLineBoundaryForward,
  insertNewline,
  moveLineDown,
  moveLineUp,
  redo,
  selectAll,
  selectCharLeft,
  selectCharRight,
  selectDocEnd,
  selectDocStart,
  selectGroupLeft,
  selectGroupRight,
  selectLineBoundaryBackward,
  selectLineBoundaryForward,
  selectLineBoundaryLeft,
  selectLineBoundaryRight,
  selectLineDown,
  selectLineUp,
  selectPageDown,
  selectPageUp,
  toggleLineComment,
  undo,
} from "@codemirror/commands";
import { nextDiagnostic, openLintPanel, previousDiagnostic } from "@codemirror/lint";
import { openSearchPanel, searchKeymap } from "@codemirror/search";
import { keymap } from "@codemirror/view";

/** A tab is a character of tables; Escape, then Tab, leaves the editor (CodeMirror's own habit). */
const insertTab = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  dispatch(state.update(state.replaceSelection("\t"), { scrollIntoView: true, userEvent: "input" }));
  return true;
};

const go = (key, run, shift, more) => ({ key, run, shift, preventDefault: true, ...more });

/** What people are told about in the page's help: which key does it is said by web/src/keys.rs. */
const commands = {
  undo,
  redo,
  find: openSearchPanel,
  nextProblem: nextDiagnostic,
  previousProblem: previousDiagnostic,
  problems: openLintPanel,
  comment: toggleLineComment,
  lineUp: moveLineUp,
  lineDown: moveLineDown,
  copyUp: copyLineUp,
  copyDown: copyLineDown,
  deleteLine,
};

/** The keys of an editor. @param {[string, string][]} bindings keys and names of commands */
export const keys = (bindings) => keymap.of([...bindings.map(bound), ...still]);

const bound = ([key, name]) => ({ key, run: commands[name], preventDefault: true });

// What every editor has, and the search panel's own keys.
const still = [
  { key: "Tab", run: insertTab },
  { key: "Enter", run: insertNewline, shift: insertNewline },
  go("ArrowLeft", cursorCharLeft, selectCharLeft),
  go("ArrowRight", cursorCharRight, selectCharRight),
  go("ArrowUp", cursorLineUp, selectLineUp),
  go("ArrowDown", cursorLineDown, selectLineDown),
  go("Mod-ArrowLeft", cursorGroupLeft, selectGroupLeft, { mac: "Alt-ArrowLeft" }),
  go("Mod-ArrowRight", cursorGroupRight, selectGroupRight, { mac: "Alt-ArrowRight" }),
  go("PageUp", cursorPageUp, selectPageUp),
  go("PageDown", cursorPageDown, selectPageDown),
  go("Home", cursorLineBoundaryBackward, selectLineBoundaryBackward),
  go("End", cursorLineBoundaryForward, selectLineBoundaryForward),
  go("Mod-Home", cursorDocStart, selectDocStart),
  go("Mod-End", cursorDocEnd, selectDocEnd),
  go(undefined, cursorLineBoundaryLeft, selectLineBoundaryLeft, { mac: "Cmd-ArrowLeft" }),
  go(undefined, cursorLineBoundaryRight, selectLineBoundaryRight, { mac: "Cmd-ArrowRight" }),
  go(undefined, cursorDocStart, selectDocStart, { mac: "Cmd-ArrowUp" }),
  go(undefined, cursorDocEnd, selectDocEnd, { mac: "Cmd-ArrowDown" }),
  go("Mod-a", selectAll),
  go("Backspace", deleteCharBackwardStrict, deleteCharBackwardStrict),
  go("Delete", deleteCharForward),
  go("Mod-Backspace", deleteGroupBackward, undefined, { mac: "Alt-Backspace" }),
  go("Mod-Delete", deleteGroupForward, undefined, { mac: "Alt-Delete" }),
  go(undefined, deleteLineBoundaryBackward, undefined, { mac: "Mod-Backspace" }),
  go(undefined, deleteLineBoundaryForward, undefined, { mac: "Mod-Delete" }),
  ...searchKeymap.filter(({ run }) => run !== openSearchPanel),
];
