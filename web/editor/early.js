// Workers started before the page asks for them: the engine's module loads and compiles while the page's own does.

import { addressOf } from "./address.js";

/** What a worker tells of itself. */
export const TOLD = ["message", "error", "messageerror"];

const waiting = new Map();

function start(which) {
  return new Worker(addressOf(which), { type: "module", name: `postproof-${which}` });
}

/**
 * Starts a worker; what it tells is kept until it is taken.
 * @param {"engine"} which
 */
export function begin(which) {
  let worker;
  try {
    worker = start(which);
  } catch {
    // Whoever needs it tries again, and says what is wrong.
    return;
  }
  const missed = [];
  const keep = (event) => {
    if (event.type === "error") event.preventDefault();
    missed.push(event);
  };
  for (const type of TOLD) worker.addEventListener(type, keep);
  const release = () => {
    for (const type of TOLD) worker.removeEventListener(type, keep);
  };
  waiting.set(which, { worker, missed, release });
}

/**
 * The worker that was begun, once, with what it has told already; a new one otherwise.
 * @param {"engine" | "desk"} which
 * @returns {{ worker: Worker, missed: Event[] }}
 */
export function take(which) {
  const begun = waiting.get(which);
  if (begun === undefined) return { worker: start(which), missed: [] };
  waiting.delete(which);
  begun.release();
  return begun;
}
