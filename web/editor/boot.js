// The page's first script: paper or night before anything is painted, then the page's own module.

import start from "postproof-web";
import wasm from "postproof-web/wasm";
import { begin } from "./early.js";

/** The chosen theme, before the module that knows about choices is there; `null` follows the system. */
function theme() {
  try {
    return localStorage.getItem("postproof.theme");
  } catch {
    // Storage may be switched off; the page works without it.
    return null;
  }
}

const chosen = theme();
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;

// The page's module would start it only once it is compiled itself.
begin("engine");

try {
  await start({ module_or_path: new URL(wasm, import.meta.url) });
} catch (error) {
  // No module, no words: what index.html itself says is all there is.
  document.getElementById("cannot-start").hidden = false;
  throw error;
}
