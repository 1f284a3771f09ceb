// The worker: the engine, and nothing that could show anything. One message in, one message out.
//
// out: { ready: true } once; then for each request { response, milliseconds }, or { broken: text } when the engine is
// lost (a trap leaves its memory in no state to go on), after which the page replaces this worker.

import start, { handle } from "postproof-engine";
import wasm from "postproof-engine/wasm";

let broken = null;

function answer(request) {
  if (broken !== null) return { broken };
  const before = performance.now();
  try {
    return { response: handle(request), milliseconds: performance.now() - before };
  } catch (error) {
    broken = String(error);
    return { broken };
  }
}

try {
  await start({ module_or_path: new URL(wasm, import.meta.url) });
  addEventListener("message", (event) => postMessage(answer(event.data)));
  postMessage({ ready: true });
} catch (error) {
  postMessage({ broken: String(error) });
}
