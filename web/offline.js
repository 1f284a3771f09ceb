// Keeps the site on the device: every file of one version, fetched at the first visit. In front of this the build writes
// VERSION and FILES.
//
// A new version waits until a person takes it: an open page never loads half of one and half of another.

/* global VERSION, FILES */

const PREFIX = "postproof-";
const CACHE = PREFIX + VERSION;

addEventListener("install", (event) => {
  // Past the browser's own cache for what has no hash in its name.
  const fresh = FILES.map((file) => new Request(file, { cache: file.startsWith("assets/") ? "default" : "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => names.filter((name) => name.startsWith(PREFIX) && name !== CACHE));
  event.waitUntil(old.then((names) => Promise.all(names.map((name) => caches.delete(name)))));
});

addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const wanted = request.mode === "navigate" ? new URL("./", location.href).href : request;
  event.respondWith(
    caches.open(CACHE).then(async (cache) => (await cache.match(wanted, { ignoreSearch: true })) ?? fetch(request)),
  );
});
