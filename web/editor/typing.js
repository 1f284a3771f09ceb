// A key typed over a selection. Left to itself the browser replaces the selected text in the page and keeps its looks by
// an inline style, which the page's Content-Security-Policy rightly blocks; so the document is changed directly.

import { EditorView } from "@codemirror/view";

export const typeOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state } = view;
    if (event.inputType !== "insertText" || !event.data || !event.cancelable || view.composing) return false;
    if (state.readOnly || state.selection.ranges.every((range) => range.empty)) return false;
    event.preventDefault();
    view.dispatch(state.replaceSelection(event.data), { scrollIntoView: true, userEvent: "input.type" });
    return true;
  },
});
