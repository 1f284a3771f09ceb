// The page's end of its second worker. When it starts, what waits and what is stopped is decided in Rust.

import { WorkerEnd } from "./worker_end.js";

export class DeskWorker extends WorkerEnd {
  /**
   * @param {(response: unknown) => void} answered
   * @param {(done: number, all: number) => void} progressed
   * @param {(detail: string) => void} broken the worker is lost; called at most once
   */
  constructor(answered, progressed, broken) {
    super("desk", (data) => ("all" in data ? progressed(data.done, data.all) : answered(data.response)), broken);
  }
}
