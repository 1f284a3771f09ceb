// How a message is coloured: the names of its headers. The first empty line ends them.

import { StreamLanguage } from "@codemirror/language";
import { tags } from "@lezer/highlight";

export const message = StreamLanguage.define({
  name: "message",
  startState: () => ({ headers: true }),
  blankLine(state) {
    state.headers = false;
  },
  token(stream, state) {
    if (stream.sol() && stream.match(/^\r?$/, false)) state.headers = false;
    if (state.headers && stream.sol() && stream.match(/^[!-9;-~]+[ \t]*:/)) return "name";
    stream.skipToEnd();
    return null;
  },
  tokenTable: { name: tags.propertyName },
});
