// The projects that the page is measured with, of the data that `measure_lookup data FOLDER` writes.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const file = (name, role, content) => ({ name, role, kind: "regexp", content });
const project = (files, kind, content) => ({ files, inputs: [{ kind, content }] });

/** @param {string} folder where the data lies */
export function projects(folder) {
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const message = read("message");
  const hosts = read("hosts-100000");
  return {
    "1,000 rules and a message of 100 KB": project([file("body", "body_checks", read("body-1000"))], "message", message),
    "100,000 hosts through 1,000 rules": project([file("clients", "client_access", read("white-1000"))], "hosts", hosts),
    "100,000 hosts through S25R": project([file("clients", "client_access", read("s25r"))], "hosts", hosts),
  };
}

/** Headers that a hard pattern takes for ever with, and that pattern: no automaton of it fits into memory. */
export function forEver(count = 600) {
  let state = 1;
  const letter = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 1 ? "a" : "b";
  };
  const headers = Array.from({ length: count }, () => `X: ${Array.from({ length: 2000 }, letter).join("")}\n`);
  const rules = "/a[ab]{900}[^ab]/ REJECT slow\n";
  return project([file("header_checks", "header_checks", rules)], "message", `${headers.join("")}Subject: x\n\n`);
}
