// Starts the page: the one file that knows where engine, names and Worker come from.

import { startPage } from './page.js';
import { frameWords } from './words/frame.js';

/** @param {string} sentence */
function say(sentence) {
  for (const id of ['#strip', '#live']) {
    const place = document.querySelector(id);
    if (!(place instanceof HTMLElement)) continue;
    place.hidden = false;
    place.textContent = sentence;
  }
}

/** @param {string} id of a sentence in the footer */
function show(id) {
  const sentence = document.querySelector(id);
  if (sentence instanceof HTMLElement) sentence.hidden = false;
}

const makeWorker = () => new Worker('worker-boot.js', { type: 'module' });

async function boot() {
  if (typeof WebAssembly !== 'object') return say(frameWords.noWebAssembly);
  if (typeof Worker !== 'function') return say(frameWords.noWorker);
  // The first Worker loads its modules while the engine is on its way.
  /** @type {Worker | null} */
  let first = makeWorker();
  // One that dies before the page listens to it is not used.
  first.addEventListener('error', () => {
    first = null;
  });
  let bytes;
  let names;
  // Nothing waits for the source lines: without them a box of the pass has no code to open.
  const sources = fetch('sources.json').then((lines) => (lines.ok ? lines.json() : {})).catch(() => ({}));
  try {
    const [engine, list] = await Promise.all([fetch('engine.wasm'), fetch('dinosaurs.txt')]);
    if (!engine.ok || !list.ok) return say(frameWords.unreachable);
    bytes = await engine.arrayBuffer();
    names = new Uint8Array(await list.arrayBuffer());
  } catch {
    return say(frameWords.unreachable);
  }
  let module;
  try {
    module = await WebAssembly.compile(bytes);
  } catch {
    return say(frameWords.noWebAssembly);
  }
  startPage({
    module, engineBytes: bytes.byteLength, names, sources,
    makeWorker() {
      const made = first ?? makeWorker();
      first = null;
      return made;
    },
  });
  // Only pages whose server vouches for it work offline: it adds this element.
  if (document.querySelector('meta[name="offline"]') === null || !('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('service-worker.js');
    await navigator.serviceWorker.ready;
    show(registration.waiting === null ? '#offline' : '#newer');
  } catch {
    // A browser that refuses, as some do in private windows, has the lab while its server is there.
  }
}

boot();
