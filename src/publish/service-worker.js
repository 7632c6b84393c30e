// Opens the page without a network, always in one build: the worker of a build caches that build's files, and serves them
// until no page of its build is open. `publish.mjs` writes the two constants.

const BUILD = "";
/** Paths below the scope; those whose name does not change with the content come with its hash. */
const FILES = [];

/** What the browser shows for the moment in which the next build takes over: it waits until this worker is idle. */
const AGAIN = "<script>setTimeout(() => location.reload(), 200)</script>";

const PREFIX = `kubehop ${self.registration.scope} `;
const CACHE = PREFIX + BUILD;
/** Without its name, which some servers lead elsewhere. */
const INDEX = self.registration.scope;
const KEPT = new Set(FILES.map((file) => new URL([file].flat()[0], self.registration.scope).href));

// A file of another build makes the whole fail; the browser tries again at a later visit.
self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(
        FILES.map((file) => {
          const [path, integrity] = [file].flat();
          return new Request(new URL(path, self.registration.scope), integrity ? { integrity, cache: "no-cache" } : {});
        }),
      );
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
    })(),
  );
});

self.addEventListener("message", ({ data }) => {
  if (data === "replace") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (address === INDEX || address === `${INDEX}index.html`) event.respondWith(open(event));
  } else if (KEPT.has(address)) event.respondWith(kept(address, request));
});

/** The page; if a newer build waits and no other page of this one is open, that takes over first. */
async function open({ request, resultingClientId }) {
  const { waiting } = self.registration;
  if (waiting) {
    const pages = await self.clients.matchAll({ type: "window" });
    const others = pages.filter(({ id }) => id !== resultingClientId);
    // A page that is loaded anew is still among them.
    if (others.length <= (request.isReloadNavigation ? 1 : 0)) {
      waiting.postMessage("replace");
      return new Response(AGAIN, { headers: { "content-type": "text/html" } });
    }
  }
  return kept(INDEX, request);
}

async function kept(address, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address, { ignoreVary: true })) ?? fetch(request);
}
