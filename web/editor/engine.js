// The page's end of the engine's worker. Deadlines and replacing are decided in Rust.

import { WorkerEnd } from "./worker_end.js";

export class EngineWorker extends WorkerEnd {
  /**
   * @param {() => void} ready the engine can be asked
   * @param {(response: unknown, milliseconds: number) => void} answered
   * @param {(detail: string) => void} broken the engine is lost; called at most once
   */
  constructor(ready, answered, broken) {
    super("engine", (data) => (data.ready ? ready() : answered(data.response, data.milliseconds)), broken);
  }
}
