// The trainer under node, with the real engine: exact visits, readings, losses told once, a run that breaks.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import test from 'node:test';
import { isReadingStep } from '../../Web/core/timeline.js';
import { golden } from '../wasm/engine.mjs';
import { statesAt, trainerHarness } from './harness.mjs';
import { BLOCK } from '../wasm/layout.mjs';

const { fingerprints } = golden();

test('training and visiting give the golden fingerprints', () => {
  const trainer = trainerHarness();
  trainer.start();
  trainer.settle();
  assert.equal(trainer.last().fingerprint, fingerprints[0]);
  trainer.trainTo(1000);
  assert.equal(trainer.last().fingerprint, fingerprints[1000]);
  for (const step of [100, 50, 1000, 0, 100]) {
    trainer.visit(step);
    assert.equal(trainer.last().step, step);
    assert.equal(trainer.last().fingerprint, fingerprints[step], `visit of ${step}`);
  }
  trainer.trainTo(1000);
  assert.equal(trainer.last().fingerprint, fingerprints[1000], 'the same run played again');
});

test('a state carries weights and both moments, and the speed once there is one', () => {
  const trainer = trainerHarness();
  trainer.start();
  trainer.settle();
  assert.ok(Number.isNaN(trainer.last().stepsPerSecond));
  trainer.trainTo(100);
  assert.equal(trainer.last().weights.length, 3 * BLOCK);
  assert.deepEqual(trainer.last().weights, statesAt([100]).get(100).weights);
  assert.ok(trainer.last().stepsPerSecond > 0);
});

test('each loss is told once and in order, each reading and milestone once', () => {
  const trainer = trainerHarness();
  trainer.start();
  trainer.trainTo(230);
  trainer.visit(37);
  trainer.trainTo(400);
  let next = 1;
  for (const state of trainer.states()) {
    if (state.losses.length === 0) continue;
    assert.equal(state.firstLoss, next);
    next += state.losses.length / 2;
  }
  assert.equal(next, 401);
  const readings = trainer.states().flatMap((state) => state.readings);
  assert.deepEqual(
    readings.map((reading) => reading.step), Array.from({ length: 401 }, (_, step) => step).filter(isReadingStep));
  for (const { loss, shown } of readings) assert.ok(loss > 1.5 && loss < 3.6 && shown > 1.5 && shown < 3.6 && loss !== shown);
  assert.deepEqual(trainer.told('weights').map(({ step, weights }) => [step, weights.length]), [[0, BLOCK], [10, BLOCK], [100, BLOCK]]);
});

test('a run that breaks says at which step and stays at the last good one', () => {
  const trainer = trainerHarness();
  trainer.start({ lr: 1e25 });
  trainer.trainTo(100);
  const broken = trainer.told('broken');
  assert.equal(broken.length, 1);
  assert.equal(trainer.last().step, broken[0].step - 1);
});

test('a broken run can be visited before its break, and breaks again at the same step', () => {
  const trainer = trainerHarness();
  trainer.start({ lr: 1e25 });
  trainer.trainTo(100);
  const [{ step: brokenStep }] = trainer.told('broken');
  const last = trainer.last().fingerprint;
  trainer.visit(0);
  assert.deepEqual([trainer.last().step, trainer.last().fingerprint], [0, fingerprints[0]]);
  trainer.trainTo(100);
  assert.deepEqual(trainer.told('broken').map(({ step }) => step), [brokenStep, brokenStep]);
  assert.equal(trainer.last().fingerprint, last);
});

test('a broken run that is asked to train on says again that it is broken', () => {
  const trainer = trainerHarness();
  trainer.start({ lr: 1e25 });
  trainer.trainTo(100);
  const [{ step: brokenStep }] = trainer.told('broken');
  trainer.trainTo(0);
  assert.equal(trainer.told('broken').length, 1, 'a pause is no such wish');
  trainer.trainTo(100);
  assert.deepEqual(trainer.told('broken').map(({ step }) => step), [brokenStep, brokenStep]);
});

test('the page gets one state at a time', () => {
  const trainer = trainerHarness();
  trainer.start();
  for (let step = 1; step <= 20; step += 1) trainer.send({ kind: 'visit', run: 1, step: 0 });
  assert.equal(trainer.states().length, 1, 'nothing more before the first is taken');
});

test('messages of another run are not heard', () => {
  const trainer = trainerHarness();
  trainer.start({}, null, 2);
  trainer.send({ kind: 'trainTo', run: 1, step: 100 });
  trainer.settle(2);
  assert.equal(trainer.last().step, 0);
});

test('training stops where it is told to, also in the middle of its way', () => {
  const trainer = trainerHarness();
  trainer.start();
  trainer.send({ kind: 'trainTo', run: 1, step: 1000 });
  trainer.turn();
  trainer.send({ kind: 'trainTo', run: 1, step: 0 });
  trainer.settle();
  const { step } = trainer.last();
  assert.ok(step > 0 && step < 1000, `${step}`);
  trainer.trainTo(1000);
  assert.equal(trainer.last().fingerprint, fingerprints[1000]);
});
