// The conformance data, and the engine under Node as the worker has it: the same module, the same one function.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "smol-toml";

const folder = process.env.POSTPROOF_MODULES;
if (!folder) throw new Error("POSTPROOF_MODULES names no modules; run this with: cargo xtask test --only wasm");

async function module(name) {
  const glue = await import(pathToFileURL(join(folder, name, `${name}.js`)));
  glue.initSync({ module: readFileSync(join(folder, name, `${name}.wasm`)) });
  return glue;
}

const tables = await module("postproof-engine");
const whole = await module("postproof-desk");

/** Asks the first module, and the second one what the first has not learnt, as `web/editor/worker.js` does. */
export function handle(request) {
  const response = tables.handle(request);
  return "needs_server" in response ? whole.handle(request) : response;
}

const root = new URL("../conformance/", import.meta.url);
const at = (path) => new URL(path, root);

/** The data in a TOML file. */
export const toml = (path) => parse(readFileSync(at(path), "utf8"));

/** The bytes of a file. */
export const bytes = (path) => readFileSync(at(path));

/** The names in a folder, in order. */
export const names = (path) => readdirSync(at(path)).sort();

/** The bytes that the data writes with `\\` for a backslash and `\xNN` for a byte. */
export function unescaped(text) {
  const parts = text.split(/(\\\\|\\x[0-9a-f]{2})/);
  return Buffer.concat(
    parts.map((part) => {
      if (part === "\\\\") return Buffer.from("\\");
      if (part.startsWith("\\x")) return Buffer.from([Number.parseInt(part.slice(2), 16)]);
      return Buffer.from(part);
    }),
  );
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as the protocol carries them: text where they are UTF-8, else base64. */
export function carried(buffer) {
  try {
    return decoder.decode(buffer);
  } catch {
    return { base64: Buffer.from(buffer).toString("base64") };
  }
}

/** The bytes of a value that the protocol carried. */
export const received = (value) =>
  typeof value === "string" ? Buffer.from(value) : Buffer.from(value.base64, "base64");

/** What the engine finds. */
export function evaluate(project) {
  const response = handle({ evaluate: { id: 1, project } });
  if (response.evaluated === undefined) throw new Error(JSON.stringify(response));
  return response.evaluated.report;
}
