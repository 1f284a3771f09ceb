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
  historyKeymap,
  insertNewline,
  moveLineDown,
  moveLineUp,
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
} from "@codemirror/commands";
import { lintKeymap } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { keymap } from "@codemirror/view";

/** A tab is a character of tables; Escape, then Tab, leaves the editor (CodeMirror's own habit). */
const insertTab = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  dispatch(state.update(state.replaceSelection("\t"), { scrollIntoView: true, userEvent: "input" }));
  return true;
};

const go = (key, run, shift, more) => ({ key, run, shift, preventDefault: true, ...more });

export const keys = keymap.of([
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
  go("Alt-ArrowUp", moveLineUp, copyLineUp),
  go("Alt-ArrowDown", moveLineDown, copyLineDown),
  go("Shift-Mod-k", deleteLine),
  go("Mod-/", toggleLineComment),
  ...historyKeymap,
  ...searchKeymap,
  ...lintKeymap,
]);
