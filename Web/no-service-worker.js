// Takes the place of a service worker that a lab left at this address, and goes: what is worked on comes from the server.

const goingWorker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

goingWorker.addEventListener('install', (event) => event.waitUntil(goingWorker.skipWaiting()));
goingWorker.addEventListener('activate', (event) => event.waitUntil(leave()));

async function leave() {
  const { registration, clients } = goingWorker;
  const kept = (await caches.keys()).filter((name) => name.startsWith(`gptosaurus ${registration.scope} `));
  await Promise.all(kept.map((name) => caches.delete(name)));
  await registration.unregister();
  // The pages came from the cache: load them again. To the address it has, with a fragment, a page would only scroll.
  const pages = await clients.matchAll({ type: 'window' });
  for (const page of pages) page.navigate(page.url.replace(/\??#/, '?#'));
}
