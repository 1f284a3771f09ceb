// Bytes that are no text, shown for what they are.
//
// A byte 0xNN that is not UTF-8 reaches the editor as the private-use character U+F7NN (crates/protocol/src/text.rs);
// it is drawn as its two hexadecimal digits. A carriage return before a line's end is drawn as ␍: Postfix sees it.

import { highlightSpecialChars } from "@codemirror/view";

const STAND_INS = /[\uf780-\uf7ff]/gu;

function draw(code, description) {
  const sign = document.createElement("span");
  const standIn = code >= 0xf780 && code <= 0xf7ff;
  sign.className = standIn ? "pp-byte" : "pp-control";
  if (standIn) sign.textContent = (code - 0xf700).toString(16).toUpperCase();
  else if (code < 0x20) sign.textContent = String.fromCodePoint(0x2400 + code);
  else sign.textContent = "•";
  const label = standIn ? `0x${sign.textContent}` : (description ?? `U+${code.toString(16).padStart(4, "0")}`);
  sign.title = label;
  sign.setAttribute("role", "img");
  sign.setAttribute("aria-label", label);
  return sign;
}

export const rawBytes = highlightSpecialChars({ addSpecialChars: STAND_INS, render: draw });
