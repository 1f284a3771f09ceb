// The page's end of a worker: starts it, sends, hears, stops, and tells once when it is lost.

import { take } from "./early.js";

export class WorkerEnd {
  #worker;

  /**
   * @param {string} which `engine` or `desk`
   * @param {(data: object) => void} heard a message that is no loss
   * @param {(detail: string) => void} broken the worker is lost; called at most once
   */
  constructor(which, heard, broken) {
    const { worker, missed } = take(which);
    this.#worker = worker;
    const lost = (detail) => {
      if (this.#worker === null) return;
      this.stop();
      broken(detail);
    };
    const told = {
      message: ({ data }) => {
        // What was under way when the worker was stopped is no answer any more.
        if (this.#worker === null) return;
        if ("broken" in data) lost(data.broken);
        else heard(data);
      },
      error: (event) => {
        event.preventDefault();
        lost(event.message ?? "the worker could not be loaded");
      },
      messageerror: () => lost("an answer that could not be read"),
    };
    for (const [type, hear] of Object.entries(told)) worker.addEventListener(type, hear);
    // Not before whoever constructs this has it.
    for (const event of missed) queueMicrotask(() => told[event.type](event));
  }

  send(request) {
    this.#worker?.postMessage(request);
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
