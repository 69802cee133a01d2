// The trainer that begins in the middle, as after its Worker died, and what it hands out besides training.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import test from 'node:test';
import { golden } from '../wasm/engine.mjs';
import { statesAt, trainerHarness } from './harness.mjs';

const { fingerprints } = golden();
const states = statesAt([0, 50, 80, 100, 1000]);

/** Where the page stood when the Worker died. */
const from = (step, furthest) => ({ step, state: states.get(step).weights.slice(), furthest });

test('a trainer that begins in the middle goes on with the same bits and tells nothing twice', () => {
  const trainer = trainerHarness();
  trainer.start({}, from(80, 80));
  trainer.settle();
  assert.deepEqual([trainer.last().step, trainer.last().fingerprint], [80, states.get(80).fingerprint]);
  trainer.trainTo(1000);
  assert.equal(trainer.last().fingerprint, fingerprints[1000]);
  const told = trainer.states().filter(({ losses }) => losses.length > 0);
  assert.equal(told[0].firstLoss, 81);
  assert.equal(told.reduce((sum, { losses }) => sum + losses.length / 2, 0), 920);
  assert.ok(trainer.states().flatMap(({ readings }) => readings).every(({ step }) => step > 80));
  assert.deepEqual(trainer.told('weights').map(({ step }) => step), [100, 500, 1000]);
});

test('a trainer that begins behind the furthest step tells nothing until it is past it', () => {
  const trainer = trainerHarness();
  trainer.start({}, from(50, 80));
  trainer.trainTo(100);
  assert.equal(trainer.last().fingerprint, fingerprints[100]);
  const told = trainer.states().filter(({ losses }) => losses.length > 0);
  assert.deepEqual([told[0].firstLoss, told.reduce((sum, { losses }) => sum + losses.length / 2, 0)], [81, 20]);
});

test('a trainer that begins in the middle visits and fetches what was before and what is furthest', () => {
  const trainer = trainerHarness();
  trainer.start({}, from(100, 1000));
  trainer.visit(50);
  assert.deepEqual([trainer.last().step, trainer.last().fingerprint], [50, fingerprints[50]]);
  trainer.send({ kind: 'fetch', run: 1, step: 0 });
  assert.deepEqual(trainer.told('weights').at(-1).weights, states.get(0).alone);
  trainer.visit(1000);
  assert.deepEqual([trainer.last().step, trainer.last().fingerprint], [1000, fingerprints[1000]]);
  trainer.visit(5000);
  assert.equal(trainer.last().step, 1000, 'no further than it was');
});

test('fetching while it trains does not disturb, and gives the weights of that step', () => {
  const trainer = trainerHarness();
  trainer.start();
  trainer.send({ kind: 'trainTo', run: 1, step: 1000 });
  let fetched = 0;
  for (let turn = 0; trainer.last()?.step !== 1000; turn += 1) {
    trainer.send({ kind: 'received', run: 1, unread: 0 });
    trainer.turn();
    const reached = Math.max(...trainer.states().map(({ step }) => step));
    const step = [0, 50, 80, 100][turn % 4];
    if (step > reached) continue;
    trainer.send({ kind: 'fetch', run: 1, step });
    const { weights, ...rest } = trainer.told('weights').at(-1);
    assert.deepEqual([rest.step, weights], [step, states.get(step).alone]);
    fetched += 1;
  }
  assert.ok(fetched > 5, `${fetched} fetched`);
  assert.equal(trainer.last().fingerprint, fingerprints[1000]);
  assert.deepEqual(trainer.last().weights, states.get(1000).weights);
  const told = trainer.states().filter(({ losses }) => losses.length > 0);
  told.reduce((next, { firstLoss, losses }) => {
    assert.equal(firstLoss, next);
    return next + losses.length / 2;
  }, 1);
});

test('a fetch leaves the step on show alone', () => {
  const trainer = trainerHarness();
  trainer.start();
  trainer.trainTo(100);
  const count = trainer.states().length;
  trainer.send({ kind: 'fetch', run: 1, step: 37 });
  trainer.settle();
  assert.equal(trainer.states().length, count);
  trainer.trainTo(1000);
  assert.equal(trainer.last().fingerprint, fingerprints[1000]);
});

test('a long replay is told before it begins; a short one and a fetch are not', () => {
  const trainer = trainerHarness();
  trainer.start({}, from(1000, 1000));
  trainer.settle();
  trainer.visit(0);
  trainer.visit(400);
  assert.equal(trainer.told('replaying').length, 0);
  trainer.send({ kind: 'fetch', run: 1, step: 999 });
  assert.equal(trainer.told('replaying').length, 0, 'nobody waits for it, and no state would end the notice');
  const fresh = trainerHarness();
  fresh.start({}, from(1000, 1000));
  fresh.settle();
  fresh.visit(0);
  fresh.visit(900);
  const at = fresh.posted.findIndex(({ kind }) => kind === 'replaying');
  assert.deepEqual([fresh.posted[at].from, fresh.posted[at].to], [0, 900]);
  assert.deepEqual(fresh.posted.slice(at + 1).map(({ kind, step }) => [kind, step]), [['state', 900]]);
});
