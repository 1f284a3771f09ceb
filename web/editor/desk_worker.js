// The second worker: what is asked for beside the verdict. One message in, one message out, and between the two how much
// is done. Requests that come while the module loads wait for it.
//
// out: for each request { response }, before it any number of { done, all }, or { broken: text } when the desk is lost.

import start, { answer } from "postproof-desk";
import wasm from "postproof-desk/wasm";

/** At most one message of progress in this many milliseconds. */
const PAUSE = 100;

const ready = start({ module_or_path: new URL(wasm, import.meta.url) });
let broken = null;

function progress() {
  let last = performance.now();
  return (done, all) => {
    const now = performance.now();
    if (now - last < PAUSE) return;
    last = now;
    postMessage({ done, all });
  };
}

addEventListener("message", async ({ data }) => {
  try {
    await ready;
    if (broken === null) postMessage({ response: answer(data, progress()) });
  } catch (error) {
    // A trap leaves the module's memory in no state to go on.
    broken = String(error);
    postMessage({ broken });
  }
});
