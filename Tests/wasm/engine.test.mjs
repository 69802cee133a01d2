// The engine as WebAssembly, with and without SIMD, under node: the bits and names of the native build.
//   GPTOSAURUS_WASM=simd.wasm GPTOSAURUS_WASM_SCALAR=scalar.wasm node --test Tests/wasm/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { dinosaurs, engine, golden } from './engine.mjs';

const builds = { simd: process.env.GPTOSAURUS_WASM, scalar: process.env.GPTOSAURUS_WASM_SCALAR };

for (const [kind, path] of Object.entries(builds)) {
  test(`${kind}: the module imports nothing`, async () => {
    const module = await WebAssembly.compile(fs.readFileSync(path));
    assert.deepEqual(WebAssembly.Module.imports(module), []);
  });

  test(`${kind}: fingerprints and names are the golden ones`, async () => {
    const expected = golden();
    const lab = await engine(path);
    assert.equal(lab.startRun(dinosaurs(), { seed: expected.seed }), 1727);
    for (const step of Object.keys(expected.fingerprints).map(Number).sort((a, b) => a - b)) {
      assert.equal(lab.train(step), step);
      assert.equal(lab.fingerprintDigits(), expected.fingerprints[step], `step ${step}`);
    }
    assert.deepEqual(lab.names(expected.names.length, { seed: expected.seed }), expected.names);
  });

  test(`${kind}: the default run trains in a megabyte, program and stack included`, async () => {
    const lab = await engine(path);
    lab.startRun(dinosaurs());
    for (let step = 100; step <= 1000; step += 100) lab.train(step);
    assert.ok(lab.memory.buffer.byteLength <= 1e6, `${lab.memory.buffer.byteLength} bytes`);
  });

  test(`${kind}: a second run starts afresh and memory does not grow`, async () => {
    const lab = await engine(path);
    lab.startRun(dinosaurs());
    const untrained = lab.fingerprintDigits();
    lab.train(20);
    lab.startRun(dinosaurs());
    const size = lab.memory.buffer.byteLength;
    for (let i = 0; i < 10; i++) {
      assert.equal(lab.startRun(dinosaurs()), 1727);
      assert.equal(lab.fingerprintDigits(), untrained);
      lab.train(2);
      lab.names(50);
    }
    assert.ok(lab.memory.buffer.byteLength - size <= 4 * 65536, 'memory grows with every run');
  });

  test(`${kind}: what can't be is answered with a negative number`, async () => {
    const lab = await engine(path);
    assert.equal(lab.train(1), -1, 'no run yet');
    assert.equal(lab.startRun(Buffer.from('')), -2, 'no names');
    assert.equal(lab.startRun(Buffer.from('a,b')), -2, 'a comma');
    assert.equal(lab.startRun(dinosaurs(), { nHead: 5 }), -4, 'heads that do not divide the width');
    assert.equal(lab.startRun(dinosaurs(), { nEmbd: 2147483647 }), -4, 'a width past all bounds');
    assert.equal(lab.startRun(dinosaurs(), { learningRate: NaN }), -5, 'no learning rate');
    assert.equal(lab.startRun(Buffer.from('mei\n')), 1);
    assert.equal(lab.names(1, { temperature: NaN }), -6, 'no temperature');
  });
}
