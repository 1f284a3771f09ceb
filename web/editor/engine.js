// The page's end of the engine's worker. Deadlines and replacing are decided in Rust.

import { WorkerEnd } from "./worker_end.js";

export class EngineWorker extends WorkerEnd {
  /**
   * @param {() => void} ready the engine can be asked, or goes on with what it was asked
   * @param {() => void} loading the engine is asked something that it must load more for
   * @param {(response: unknown, milliseconds: number) => void} answered
   * @param {(detail: string) => void} broken the engine is lost; called at most once
   */
  constructor(ready, loading, answered, broken) {
    const heard = (data) => {
      if ("ready" in data) (data.ready ? ready : loading)();
      else answered(data.response, data.milliseconds);
    };
    super("engine", heard, broken);
  }
}
