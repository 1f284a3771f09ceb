// The page's end of its second worker. When it starts, what waits and what is stopped is decided in Rust.

import { addressOf } from "./address.js";

export class DeskWorker {
  #worker;

  /**
   * @param {(response: unknown) => void} answered
   * @param {(done: number, all: number) => void} progressed
   * @param {(detail: string) => void} broken the worker is lost; called at most once
   */
  constructor(answered, progressed, broken) {
    this.#worker = new Worker(addressOf("desk"), { type: "module", name: "postproof-desk" });
    const lost = (detail) => {
      if (this.#worker === null) return;
      this.stop();
      broken(detail);
    };
    this.#worker.addEventListener("message", ({ data }) => {
      // What was under way when the worker was stopped is no answer any more.
      if (this.#worker === null) return;
      if ("broken" in data) lost(data.broken);
      else if ("all" in data) progressed(data.done, data.all);
      else answered(data.response);
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
