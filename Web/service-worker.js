// Keeps the lab in the browser, so that it works without a network. Whoever serves this file begins it with
// `self.lab = {"paths":[…],"version":"…"};`: where the other files are, below this one's folder, and a hash of all. When any
// file changes, so do these bytes, and that is how a browser sees that there is a new version.

/** @typedef {{ version: string, paths: string[] }} Lab */

const keepingWorker = /** @type {ServiceWorkerGlobalScope & { lab: Lab }} */ (/** @type {unknown} */ (self));

/** @param {ServiceWorkerGlobalScope} worker @param {Lab} lab */
function keep(worker, { version, paths }) {
  const folder = worker.registration.scope;
  // All labs of an origin share its caches: a lab's own begin with its folder.
  const prefix = `gptosaurus ${folder} `;
  const name = prefix + version;

  /** One address for a page with and without a query, by its folder's or its own name. @param {string} reference */
  const addressOf = (reference) => {
    const url = new URL(reference, folder);
    const address = url.origin + url.pathname;
    return address === `${folder}index.html` ? folder : address;
  };
  const addresses = new Set(paths.map(addressOf));

  // Neither skipWaiting: a page that is open loads more files while it works (a Worker and its modules), and a new version that
  // took over would give it files that don't fit the ones it has. It waits until no page of the older one is open. Nor
  // clients.claim: a page that came from the network may be of another version than this one.
  worker.addEventListener('install', (event) => event.waitUntil(fill()));
  worker.addEventListener('activate', (event) => event.waitUntil(deleteOlder()));
  worker.addEventListener('fetch', (event) => {
    const address = addressOf(event.request.url);
    if (event.request.method === 'GET' && addresses.has(address)) event.respondWith(answer(address));
  });

  /** All files or none; asks the server about each, whatever the browser remembers. */
  async function fill() {
    const cache = await caches.open(name);
    await cache.addAll(Array.from(addresses, (address) => new Request(address, { cache: 'no-cache' })));
  }

  async function deleteOlder() {
    const older = (await caches.keys()).filter((other) => other.startsWith(prefix) && other !== name);
    await Promise.all(older.map((other) => caches.delete(other)));
  }

  /** The kept file. Where a user cleared the cache, all of it is filled anew. @param {string} address */
  async function answer(address) {
    const cache = await caches.open(name);
    const find = () => cache.match(address, { ignoreVary: true });
    return (await find()) ?? (await fill(), await find()) ?? Response.error();
  }
}

keep(keepingWorker, keepingWorker.lab);
