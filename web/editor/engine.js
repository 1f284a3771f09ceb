// The page's end of the worker. Deadlines and replacing are decided in Rust; this only starts, sends, hears and stops.

import { addressOf } from "./address.js";

export class EngineWorker {
  #worker;

  /**
   * @param {() => void} ready the engine can be asked
   * @param {(response: unknown, milliseconds: number) => void} answered
   * @param {(detail: string) => void} broken the engine is lost; called at most once
   */
  constructor(ready, answered, broken) {
    this.#worker = new Worker(addressOf("engine"), { type: "module", name: "postproof-engine" });
    const lost = (detail) => {
      if (this.#worker === null) return;
      this.stop();
      broken(detail);
    };
    this.#worker.addEventListener("message", ({ data }) => {
      // What was under way when the worker was stopped is no answer any more.
      if (this.#worker === null) return;
      if (data.ready) ready();
      else if ("broken" in data) lost(data.broken);
      else answered(data.response, data.milliseconds);
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
