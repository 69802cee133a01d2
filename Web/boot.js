// Starts the page: the one file that knows where engine, names and Worker come from.

import { words } from './core/words.js';
import { startPage } from './page.js';

/** @param {string} sentence */
function say(sentence) {
  const notice = document.querySelector('#notice');
  if (notice instanceof HTMLElement) {
    notice.hidden = false;
    notice.textContent = sentence;
  }
}

async function boot() {
  if (typeof WebAssembly !== 'object') return say(words.noWebAssembly);
  if (typeof Worker !== 'function') return say(words.noWorker);
  let bytes;
  let names;
  try {
    const [engine, list] = await Promise.all([fetch('engine.wasm'), fetch('dinosaurs.txt')]);
    if (!engine.ok || !list.ok) return say(words.unreachable);
    bytes = await engine.arrayBuffer();
    names = new Uint8Array(await list.arrayBuffer());
  } catch {
    return say(words.unreachable);
  }
  let module;
  try {
    module = await WebAssembly.compile(bytes);
  } catch {
    return say(words.noWebAssembly);
  }
  startPage({ module, names, makeWorker: () => new Worker('worker-boot.js', { type: 'module' }) });
}

boot();
