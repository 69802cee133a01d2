// The engine's answers in JavaScript's types, and the states that the trainer keeps.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { createEngine } from '../../Web/engine/engine.js';
import { createHistory } from '../../Web/engine/history.js';
import { dinosaurs } from '../wasm/engine.mjs';
import { module } from './harness.mjs';

test('kept states thin out within their budget, 0 and the last stay', () => {
  const state = new Float32Array(1000);
  const history = createHistory(10 * state.byteLength);
  for (let step = 0; step <= 5000; step += 100) if (history.wants(step)) history.keep(step, state);
  assert.ok(history.size() <= 11, `${history.size()} states`);
  assert.equal(history.before(99)?.step, 0);
  const last = history.before(1e9)?.step ?? 0;
  assert.ok(last > 4000, `the last kept is ${last}`);
});

test('the engine’s answers are those of a look: shares add up, attention is causal, losses are of the letters', () => {
  const engine = createEngine(module);
  engine.start(dinosaurs(), DEFAULT_SETTINGS);
  const shape = engine.shape();
  assert.equal(shape.parameters, 26880);
  assert.equal(shape.letters.join(''), 'abcdefghijklmnopqrstuvwxyz');
  engine.train(100);
  const look = engine.look('mei');
  assert.equal(look.positions, 4);
  for (let t = 0; t < 4; t += 1) {
    const row = look.probabilities.subarray(t * 27, (t + 1) * 27);
    assert.ok(Math.abs(row.reduce((sum, share) => sum + share, 0) - 1) < 1e-5);
    for (const layer of look.attention) {
      for (let head = 0; head < 4; head += 1) {
        const attention = Array.from(layer.subarray((head * 4 + t) * 4, (head * 4 + t + 1) * 4));
        assert.ok(Math.abs(attention.reduce((sum, share) => sum + share, 0) - 1) < 1e-5);
        assert.ok(attention.slice(t + 1).every((share) => share === 0));
      }
    }
  }
  const m = look.probabilities['m'.charCodeAt(0) - 97] ?? 0;
  assert.ok(Math.abs((look.losses[0] ?? 0) + Math.log(m)) < 1e-5);
  assert.throws(() => engine.look('é'), /letters that the model lacks/);
  assert.throws(() => engine.look('abcdefghijklmnopqr'), /too long/);
  const names = engine.generate(0, 5, 42, 0.8, 'tyr');
  assert.ok(names.every((name) => name.text.startsWith('tyr')));
});
