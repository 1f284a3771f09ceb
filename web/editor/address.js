// The addresses of the page's workers. Under `require-trusted-types-for 'script'` they must come from a policy: this one
// knows these and no others.

/* global POSTPROOF_WORKER, POSTPROOF_DESK, POSTPROOF_OFFLINE */

const ADDRESSES = {
  engine: () => new URL(POSTPROOF_WORKER, import.meta.url).href,
  desk: () => new URL(POSTPROOF_DESK, import.meta.url).href,
  offline: () => new URL(POSTPROOF_OFFLINE, document.baseURI).href,
};

const policy = globalThis.trustedTypes?.createPolicy("postproof-worker", { createScriptURL: (which) => ADDRESSES[which]() });

/** @param {"engine" | "desk" | "offline"} which */
export function addressOf(which) {
  return policy ? policy.createScriptURL(which) : ADDRESSES[which]();
}
