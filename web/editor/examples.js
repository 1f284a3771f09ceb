// The examples: one file of the site, fetched when one is asked for.

/* global POSTPROOF_EXAMPLES */

let fetched;

/** @returns {Promise<unknown>} groups of examples, as the build wrote them */
export function examples() {
  fetched ??= fetch(new URL(POSTPROOF_EXAMPLES, import.meta.url)).then((response) => {
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  });
  // What failed is tried again.
  fetched.catch(() => (fetched = undefined));
  return fetched;
}
