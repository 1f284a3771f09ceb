// Files that are dropped on an editor, as bytes: nothing decides what their characters are but the page's Rust.

import { EditorView } from "@codemirror/view";

/** @param {(name: string, bytes: Uint8Array | null, size: number) => void} dropped bytes are null when it is too big */
export function takeFiles(limit, dropped) {
  async function take(file) {
    const bytes = file.size <= limit ? new Uint8Array(await file.arrayBuffer()) : null;
    dropped(file.name, bytes, file.size);
  }
  function handle(event, list) {
    const files = [...(list?.files ?? [])];
    if (files.length === 0) return false;
    event.preventDefault();
    for (const file of files) take(file);
    return true;
  }
  return EditorView.domEventHandlers({
    drop: (event) => handle(event, event.dataTransfer),
    paste: (event) => handle(event, event.clipboardData),
  });
}

/** A text pasted in the place of the whole document, or into an empty one. @param {(text: string) => boolean} taken */
export function pasteOverAll(taken) {
  return EditorView.domEventHandlers({
    paste(event, { state }) {
      const { from, to } = state.selection.main;
      const text = event.clipboardData?.getData("text/plain");
      if (!text || from !== 0 || to !== state.doc.length || !taken(text)) return false;
      event.preventDefault();
      return true;
    },
  });
}
