// The page's modules can be joined by plain concatenation; joined, the trainer trains.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { dinosaurs, golden } from '../wasm/engine.mjs';
import { importsOf, join, modules, ordered, source, topLevelNames } from './join.mjs';

/** A module without its comments. */
const code = (file) => source(file).replace(/\/\*\*?[\s\S]*?\*\//g, '').replace(/(?<!:)\/\/.*$/gm, '');

/** What a browser starts by itself: the page, its Worker, and the two that keep it or let it go. */
const ENTRIES = ['boot.js', 'worker-boot.js', 'lesson-boot.js', 'service-worker.js', 'no-service-worker.js'];

test('modules import by name and relative path, without cycles', () => {
  for (const file of modules()) {
    for (const needed of importsOf(file)) assert.ok(modules().includes(needed), `${file} imports ${needed}`);
    ordered(file);
    const imports = source(file).match(/^import .*$/gm) ?? [];
    assert.equal(imports.length, importsOf(file).length, `${file}: every import is one line`);
    for (const line of imports) assert.match(line, /^import \{ [\w, ]+ \} from '\.\.?\/[\w./-]+\.js';$/, file);
    assert.doesNotMatch(source(file), /^export default|^export \*|^import \*| as \w+ \}/m, file);
  }
});

test('what is imported is exported there', () => {
  for (const file of modules()) {
    for (const [, names, from] of source(file).matchAll(/^import \{ ([\w, ]+) \} from '([^']+)';$/gm)) {
      const needed = new URL(from, `file:///${file}`).pathname.slice(1);
      const exported = source(needed);
      for (const name of names.split(', ')) {
        assert.match(exported, new RegExp(`^export (?:async )?(?:const|function|class) ${name}\\b`, 'm'), `${file} imports ${name} of ${needed}`);
      }
    }
  }
});

test('every module is needed by something that a browser starts', () => {
  const used = new Set(ENTRIES.flatMap((entry) => ordered(entry)));
  // A module of types alone is named in comments only.
  const isOfTypes = (file) => code(file).trim() === 'export {};';
  assert.deepEqual(modules().filter((file) => !used.has(file) && !isOfTypes(file)), []);
});

test('state, engine and words know nothing of the page; the document is for views', () => {
  const allowed = {
    core: ['core', 'words'], words: ['core', 'words'], engine: ['core', 'engine'], page: ['core', 'engine', 'page', 'views', 'words'],
    views: ['core', 'views', 'words', 'page'],
  };
  for (const file of modules()) {
    const [folder] = file.split('/');
    if (!(folder in allowed)) continue;
    for (const needed of importsOf(file)) {
      assert.ok(allowed[folder].includes(needed.split('/')[0]), `${file} imports ${needed}`);
    }
    if (['core', 'words', 'engine'].includes(folder)) {
      assert.doesNotMatch(code(file), /\b(?:document|window|localStorage|performance|Date)\s*[.(]|requestAnimationFrame|setTimeout/, file);
    }
  }
});

test('top-level names are unique across all modules', () => {
  const owner = new Map();
  for (const file of modules()) {
    for (const name of topLevelNames(file)) {
      assert.ok(!owner.has(name), `${name} stands in ${owner.get(name)} and ${file}`);
      owner.set(name, file);
    }
  }
  assert.ok(owner.size > 50, 'the names were found');
});

test('nothing needs a module’s own means, and only those that start know where things come from', () => {
  for (const file of modules()) {
    assert.doesNotMatch(code(file), /\bimport\(|import\.meta|^await /m, file);
    assert.doesNotMatch(code(file), /\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(/, file);
    if (ENTRIES.includes(file)) continue;
    assert.doesNotMatch(code(file), /\bfetch\(|new Worker\(|importScripts|XMLHttpRequest|serviceWorker|\bcaches\b/, file);
  }
});

test('boot alone knows the service worker, asks for it only where the server vouches for it, and never waits for it', () => {
  const boot = code('boot.js');
  assert.match(boot, /serviceWorker\.register\('service-worker\.js'\)/);
  const [start, vouched, register] = ['startPage({', 'meta[name="offline"]', 'serviceWorker.register'].map((text) => boot.indexOf(text));
  assert.ok(start > 0 && start < vouched && vouched < register, 'the page starts first, then the element is looked for');
  for (const file of ['service-worker.js', 'no-service-worker.js']) {
    assert.deepEqual(importsOf(file), [], file);
    assert.doesNotMatch(source(file), /^(?:import|export)\b/m, `${file} runs as a classic script`);
    assert.ok(new vm.Script(source(file)));
    assert.deepEqual(modules().filter((other) => importsOf(other).includes(file)), []);
  }
  assert.match(source('service-worker.js'), /`self\.lab = /, 'whoever serves it must know how it begins');
});

test('the joined trainer runs as a classic script and gives the golden fingerprint', async () => {
  const posted = [];
  const listeners = [];
  const channels = [];
  /** Open ports keep node alive: they are closed at the end. */
  class KeptChannel extends MessageChannel {
    constructor() {
      super();
      channels.push(this);
    }
  }
  const context = vm.createContext({
    WebAssembly, performance, MessageChannel: KeptChannel, Float32Array, Float64Array, Uint8Array, Uint32Array, BigInt, Math, console,
    self: {
      addEventListener: (_, listener) => listeners.push(listener),
      postMessage: (message) => posted.push(message),
    },
  });
  vm.runInContext(join('worker-boot.js'), context);
  const tell = (data) => listeners.at(-1)({ data });
  tell({ module: new WebAssembly.Module(fs.readFileSync(process.env.GPTOSAURUS_WASM ?? '')) });
  tell({ kind: 'start', run: 1, names: dinosaurs(), settings: DEFAULT_SETTINGS, readerRoom: 0, from: null });
  tell({ kind: 'trainTo', run: 1, step: 100 });
  for (let turn = 0; turn < 1000 && posted.findLast((m) => m.kind === 'state')?.step !== 100; turn += 1) {
    tell({ kind: 'received', run: 1, unread: 0 });
    await new Promise((done) => setImmediate(done));
  }
  tell({ kind: 'start', run: 2, names: new Uint8Array([0]), settings: DEFAULT_SETTINGS, readerRoom: 0, from: null });
  for (const channel of channels) channel.port1.close();
  const state = posted.findLast((message) => message.kind === 'state');
  assert.equal(state?.fingerprint, golden().fingerprints[100]);
  assert.deepEqual(posted.filter(({ kind }) => kind === 'failed').map(({ run, detail }) => [run, detail]), [[2, 'the names can’t be read']], 'a failure is told');
});

test('the joined page is a valid classic script', () => {
  const page = join('boot.js');
  assert.ok(new vm.Script(page));
  assert.doesNotMatch(page, /^(?:import|export)\b/m);
});
