// The worker: the engine, and nothing that could show anything. One message in, one message out.
//
// The first module knows tables and is small. A project that has a main.cf is answered by the desk's module, which has all
// of the engine; it is loaded when it is first needed, and answers everything from then on.
//
// out: { ready: true } once the engine can be asked; then for each request { response, milliseconds }, or { broken: text }
// when the engine is lost (a trap leaves its memory in no state to go on), after which the page replaces this worker.
// Before the second module loads { ready: false }, and { ready: true } once it goes on with the request.

import start, { handle as small } from "postproof-engine";
import wasm from "postproof-engine/wasm";

let handle = small;
let broken = null;

function lose(error) {
  broken = String(error);
  postMessage({ broken });
}

async function answer(request) {
  const before = performance.now();
  const response = handle(request);
  const milliseconds = performance.now() - before;
  if (!("needs_server" in response)) return postMessage({ response, milliseconds });
  postMessage({ ready: false });
  handle = await (await import("./whole_engine.js")).load();
  postMessage({ ready: true });
  await answer(request);
}

addEventListener("message", ({ data }) => {
  if (broken !== null) postMessage({ broken });
  else answer(data).catch(lose);
});

try {
  await start({ module_or_path: new URL(wasm, import.meta.url) });
  postMessage({ ready: true });
} catch (error) {
  lose(error);
}
