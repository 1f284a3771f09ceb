// Links made by hand, as others may make them: version 1 is zlib's format in base64url.

import { deflateSync } from "node:zlib";

export const linkWith = (json) =>
  `1.${deflateSync(typeof json === "string" ? json : JSON.stringify(json), { level: 9 }).toString("base64url")}`;

/** A project with one table and one input. */
export const project = (rules, input, { role = "header_checks", kind = "message" } = {}) => ({
  files: [{ name: role, role, kind: "regexp", content: rules }],
  inputs: [{ kind, content: input }],
});
