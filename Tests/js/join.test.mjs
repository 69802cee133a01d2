// The page's modules can be joined by plain concatenation; joined, the trainer trains.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { dinosaurs, golden } from '../wasm/engine.mjs';
import { importsOf, join, modules, ordered, source, topLevelNames } from './join.mjs';

test('modules import by name and relative path, without cycles', () => {
  for (const file of modules()) {
    for (const needed of importsOf(file)) assert.ok(modules().includes(needed), `${file} imports ${needed}`);
    ordered(file);
    const imports = source(file).match(/^import .*$/gm) ?? [];
    for (const line of imports) assert.match(line, /^import \{ [\w, ]+ \} from '\.\.?\/[\w./-]+\.js';$/, file);
    assert.doesNotMatch(source(file), /^export default|^export \*|^import \*/m, file);
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

test('nothing needs a module’s own means, and only the two boots know where things come from', () => {
  for (const file of modules()) {
    const text = source(file).replace(/\/\*\*?[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
    assert.doesNotMatch(text, /\bimport\(|import\.meta|^await /m, file);
    if (!file.endsWith('boot.js')) assert.doesNotMatch(text, /\bfetch\(|new Worker\(|importScripts/, file);
    assert.doesNotMatch(text, /\binnerHTML\b|\beval\(/, file);
  }
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
  tell({ module: new WebAssembly.Module(fs.readFileSync(process.env.GPTOSAURUS_WASM ?? '')), run: 1 });
  tell({ kind: 'start', run: 1, names: dinosaurs(), settings: DEFAULT_SETTINGS });
  tell({ kind: 'trainTo', run: 1, step: 100 });
  for (let turn = 0; turn < 1000 && posted.findLast((m) => m.kind === 'state')?.step !== 100; turn += 1) {
    tell({ kind: 'received', run: 1 });
    await new Promise((done) => setImmediate(done));
  }
  for (const channel of channels) channel.port1.close();
  const state = posted.findLast((message) => message.kind === 'state');
  assert.equal(state?.fingerprint, golden().fingerprints[100]);
});

test('the joined page is a valid classic script', () => {
  assert.ok(new vm.Script(join('boot.js')));
});
