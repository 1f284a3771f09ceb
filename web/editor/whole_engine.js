// All of the engine, in the module that is the desk's, too: the browser fetches it once for both.

import start, { handle } from "postproof-desk";
import wasm from "postproof-desk/wasm";

/** Loads the module; its `handle` answers any project. */
export async function load() {
  await start({ module_or_path: new URL(wasm, import.meta.url) });
  return handle;
}
