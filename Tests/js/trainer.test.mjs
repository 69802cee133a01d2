// The trainer under node, with the real engine: exact visits, kept states, readings, losses told once.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { isReadingStep } from '../../Web/core/timeline.js';
import { createEngine } from '../../Web/engine/engine.js';
import { createHistory } from '../../Web/engine/history.js';
import { createTrainer } from '../../Web/engine/trainer.js';
import { dinosaurs, golden } from '../wasm/engine.mjs';

const module = new WebAssembly.Module(fs.readFileSync(process.env.GPTOSAURUS_WASM ?? ''));

/** A trainer whose turns are taken by hand. */
function harness() {
  const posted = [];
  const turns = [];
  let time = 0;
  const send = createTrainer(module, (message) => posted.push(message), (turn) => turns.push(turn), () => (time += 0.5));
  const states = () => posted.filter((message) => message.kind === 'state');
  return {
    posted,
    states,
    send,
    /** Lets the trainer work until it rests, taking every state as the page does. */
    settle(run = 1) {
      for (let guard = 0; guard < 100000; guard += 1) {
        send({ kind: 'received', run });
        const turn = turns.shift();
        if (turn === undefined) return;
        turn();
      }
      assert.fail('the trainer never rests');
    },
    last: () => states().at(-1),
  };
}

test('training and visiting give the golden fingerprints', () => {
  const { fingerprints } = golden();
  const trainer = harness();
  trainer.send({ kind: 'start', run: 1, names: dinosaurs(), settings: DEFAULT_SETTINGS });
  trainer.settle();
  assert.equal(trainer.last().fingerprint, fingerprints[0]);
  trainer.send({ kind: 'trainTo', run: 1, step: 1000 });
  trainer.settle();
  assert.equal(trainer.last().fingerprint, fingerprints[1000]);
  for (const step of [100, 50, 1000, 0, 100]) {
    trainer.send({ kind: 'visit', run: 1, step });
    trainer.settle();
    assert.equal(trainer.last().step, step);
    assert.equal(trainer.last().fingerprint, fingerprints[step], `visit of ${step}`);
  }
  trainer.send({ kind: 'trainTo', run: 1, step: 1000 });
  trainer.settle();
  assert.equal(trainer.last().fingerprint, fingerprints[1000], 'the same run played again');
});

test('each loss is told once and in order, each reading and age once', () => {
  const trainer = harness();
  trainer.send({ kind: 'start', run: 1, names: dinosaurs(), settings: DEFAULT_SETTINGS });
  trainer.send({ kind: 'trainTo', run: 1, step: 230 });
  trainer.settle();
  trainer.send({ kind: 'visit', run: 1, step: 37 });
  trainer.settle();
  trainer.send({ kind: 'trainTo', run: 1, step: 400 });
  trainer.settle();
  let next = 1;
  for (const state of trainer.states()) {
    if (state.losses.length === 0) continue;
    assert.equal(state.firstLoss, next);
    next += state.losses.length / 2;
  }
  assert.equal(next, 401);
  const readings = trainer.states().flatMap((state) => state.readings.map((reading) => reading.step));
  assert.deepEqual(readings, Array.from({ length: 401 }, (_, step) => step).filter(isReadingStep));
  const ages = trainer.posted.filter((message) => message.kind === 'age').map((message) => message.step);
  assert.deepEqual(ages, [0, 10, 100]);
});

test('a run that breaks says at which step and stays at the last good one', () => {
  const trainer = harness();
  trainer.send({ kind: 'start', run: 1, names: dinosaurs(), settings: { ...DEFAULT_SETTINGS, lr: 1e25 } });
  trainer.send({ kind: 'trainTo', run: 1, step: 100 });
  trainer.settle();
  const broken = trainer.posted.filter((message) => message.kind === 'broken');
  assert.equal(broken.length, 1);
  assert.equal(trainer.last().step, broken[0].step - 1);
});

test('the page gets one state at a time', () => {
  const trainer = harness();
  trainer.send({ kind: 'start', run: 1, names: dinosaurs(), settings: DEFAULT_SETTINGS });
  for (let step = 1; step <= 20; step += 1) trainer.send({ kind: 'visit', run: 1, step: 0 });
  assert.equal(trainer.states().length, 1, 'nothing more before the first is taken');
});

test('messages of another run are not heard', () => {
  const trainer = harness();
  trainer.send({ kind: 'start', run: 2, names: dinosaurs(), settings: DEFAULT_SETTINGS });
  trainer.send({ kind: 'trainTo', run: 1, step: 100 });
  trainer.settle(2);
  assert.equal(trainer.last().step, 0);
});

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
  const shape = engine.start(dinosaurs(), DEFAULT_SETTINGS);
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
  const names = engine.generate(5, 42, 0.8, 'tyr');
  assert.ok(names.every((name) => name.text.startsWith('tyr')));
});
