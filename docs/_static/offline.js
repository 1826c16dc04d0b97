// Keeps the files of one page for when there is no network. FILES and VERSION are set by the script that loads this one.
// With a network the page comes from it, so that none is stale; without, all files come from one build.

self.addEventListener("install", (event) => {
  const keep = async () => {
    await (await caches.open(VERSION)).addAll(FILES);
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    const older = (await caches.keys()).filter((name) => name.startsWith("own-") && name !== VERSION);
    await Promise.all(older.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  const kept = async () => (await caches.open(VERSION)).match(event.request, { ignoreSearch: true });
  const answer = async () => {
    try {
      return await fetch(event.request);
    } catch (error) {
      const response = await kept();
      if (response) return response;
      throw error;
    }
  };
  event.respondWith(answer());
});
