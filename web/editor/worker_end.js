// The page's end of a worker: starts it, sends, hears, stops, and tells once when it is lost.

import { addressOf } from "./address.js";

export class WorkerEnd {
  #worker;

  /**
   * @param {string} which `engine` or `desk`
   * @param {(data: object) => void} heard a message that is no loss
   * @param {(detail: string) => void} broken the worker is lost; called at most once
   */
  constructor(which, heard, broken) {
    this.#worker = new Worker(addressOf(which), { type: "module", name: `postproof-${which}` });
    const lost = (detail) => {
      if (this.#worker === null) return;
      this.stop();
      broken(detail);
    };
    this.#worker.addEventListener("message", ({ data }) => {
      // What was under way when the worker was stopped is no answer any more.
      if (this.#worker === null) return;
      if ("broken" in data) lost(data.broken);
      else heard(data);
    });
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      lost(event.message ?? "the worker could not be loaded");
    });
    this.#worker.addEventListener("messageerror", () => lost("an answer that could not be read"));
  }

  send(request) {
    this.#worker?.postMessage(request);
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
