// The page's end of what keeps the site on the device (web/offline.js).

import { addressOf } from "./address.js";

let waiting = null;

/** Keeps the site on the device. @param {() => void} updated a new version is there, and waits to be taken */
export async function keepOffline(updated) {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(addressOf("offline"));
    const tell = (worker) => {
      // At the first visit there is no older version.
      if (worker === null || !navigator.serviceWorker.controller) return;
      waiting = worker;
      updated();
    };
    tell(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed") tell(worker);
      });
    });
  } catch {
    // A browser may forbid it; then the page needs the network.
  }
}

/** Takes the new version. */
export function update() {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting?.postMessage("take over");
}

/** Forgets all that is kept on this device. */
export async function forget() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("postproof.")) localStorage.removeItem(key);
  } catch {
    // Storage is switched off: there is nothing in it.
  }
  try {
    for (const name of await caches.keys()) if (name.startsWith("postproof-")) await caches.delete(name);
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.unregister();
  } catch {
    // As above.
  }
}
