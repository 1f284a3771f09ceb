// The engine under Node, as the page's worker has it: how long a request takes, the border included.
//
// engine.js MODULES DATA ROUNDS prints a line for each round: what was measured, `first` (nothing is known yet) or `again`
// (one character of the input has changed), and seconds. It leaves the projects in DATA, as `measure_evaluate` reads them.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projects } from "./projects.js";

const [modules, data, rounds] = process.argv.slice(2);
const folder = join(modules, "postproof-engine");
const engine = await import(pathToFileURL(join(folder, "postproof-engine.js")));
engine.initSync({ module: readFileSync(join(folder, "postproof-engine.wasm")) });

function timed(name, when, project) {
  const before = performance.now();
  const { evaluated } = engine.handle({ evaluate: { id: 1, project } });
  const seconds = (performance.now() - before) / 1000;
  if (evaluated === undefined) throw new Error(`${name}: no report`);
  console.log([name, when, seconds].join("\t"));
}

for (const [name, project] of Object.entries(projects(data))) {
  writeFileSync(join(data, `${name}.json`), JSON.stringify(project));
  for (let round = 0; round < Number(rounds); round += 1) {
    // A project without files makes the engine forget its tables.
    engine.handle({ evaluate: { id: 1, project: { files: [], inputs: [] } } });
    timed(name, "first", project);
    project.inputs[0].content += "x";
    timed(name, "again", project);
  }
}
