// Answers do not depend on what was asked before: the inspector has one engine, and keeps its last look.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import test from 'node:test';
import { question } from '../../Web/core/questions.js';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { createInspector } from '../../Web/engine/inspector.js';
import { dinosaurs } from '../wasm/engine.mjs';
import { breathe, dice, module, shuffled, statesAt } from './harness.mjs';

const states = statesAt([0, 10, 100]);

/** An inspector that has the maps of the milestones. */
function fresh() {
  const inspector = createInspector(module, breathe);
  inspector.start(dinosaurs(), DEFAULT_SETTINGS);
  for (const { step, alone: weights } of states.values()) inspector.fitMap({ weights, step });
  return inspector;
}

const ask = (inspector, [kind, of, step]) => inspector.answer(question(kind, of), states.get(step));

/** Of two steps and two texts, so that a look kept too long would be found out. */
const QUESTIONS = [10, 100].flatMap((step) => [
  ...['mei', 'tyr'].flatMap((text) => [
    ['look', [text]], ['shares', [text, 0.8, 0, 1]], ['averageAttention', [text]], ['workedOut', [text, 1, 2, 2]], ['merge', [text, 0, 3]],
    ['names', [0, 4, 42, 0.8, text, '']], ['nearest', [text]],
  ]),
  ['names', [0, 4, 42, 0.8, '', 'heads']], ['names', [3, 4, 42, 1.5, '', '', 3, 0.9]], ['manyNames', [200, 42, 0.8, '']], ['manyNames', [200, 42, 0.8, 'heads']],
  ['tensor', [0]], ['letterMap', []], ['nearestLetters', [4]], ['next', []], ['weightOfNext', [3, 1, 2]],
  ['heldOutLoss', []], ['lossOff', ['heads']], ['bestHead', []], ['lossOff', ['1.2,mlp2']], ['worths', []], ['headTable', [20]],
].map(([kind, of]) => [kind, of, step]));

/** Kinds that take long. */
const SLOW = new Set(['bestHead', 'worths', 'headTable', 'lossOff', 'heldOutLoss', 'manyNames']);

test('answers do not depend on the order in which questions are asked', async () => {
  const alone = new Map();
  for (const one of QUESTIONS) alone.set(one, await ask(fresh(), one));
  const steps = (kind) => QUESTIONS.filter(([other]) => other === kind).map((one) => alone.get(one));
  for (const kind of ['look', 'names', 'tensor', 'next']) assert.notDeepEqual(steps(kind)[0], steps(kind).at(-1), 'the steps differ');
  const inspector = fresh();
  for (let seed = 0; seed < 30; seed += 1) {
    const questions = seed < 2 ? QUESTIONS : QUESTIONS.filter(([kind]) => !SLOW.has(kind));
    const order = shuffled([...questions, ...questions], dice(seed));
    const given = [];
    // Not awaited: portions of one answer come between others.
    for (const one of order) {
      given.push([one, ask(inspector, one)]);
      if (given.length % 7 === 0) await breathe();
    }
    let before = 'nothing';
    for (const [one, answer] of given) {
      const name = `${one[0]} ${one[1]} at step ${one[2]}`;
      assert.deepEqual(await answer, alone.get(one), `seed ${seed}: ${name}, after ${before}`);
      before = name;
    }
  }
});

test('a look is right after next, after the weights changed, and after a run began', () => {
  const inspector = fresh();
  const look = (step) => ask(inspector, ['look', ['mei'], step]);
  const [early, late] = [look(10), look(100)];
  assert.notDeepEqual(early, late);
  assert.equal(look(100), late, 'kept: not computed twice');
  ask(inspector, ['next', [], 100]);
  assert.deepEqual(look(100), late);
  const after = ask(fresh(), ['shares', ['mei', 0.8, 0, 1], 100]);
  ask(inspector, ['next', [], 100]);
  assert.deepEqual(ask(inspector, ['shares', ['mei', 0.8, 0, 1], 100]), after, 'shares straight after next');
  assert.deepEqual(look(10), early);
  assert.deepEqual(inspector.answer(question('look', ['mei']), { weights: states.get(100).alone, step: 100 }), late);
  inspector.start(dinosaurs(), DEFAULT_SETTINGS);
  assert.deepEqual(look(100), late);
});

test('another run that begins while portions are under way is not disturbed', async () => {
  for (const settings of [{ width: 8, heads: 2 }, { width: 64 }, { layers: 1 }, { seed: 9 }]) {
    const inspector = fresh();
    const portions = Promise.allSettled([['manyNames', [400, 1, 1, 'heads']], ['bestHead', []]].map(([kind, of]) => ask(inspector, [kind, of, 100])));
    await breathe();
    inspector.start(dinosaurs(), { ...DEFAULT_SETTINGS, ...settings });
    const other = statesAt([5], settings).get(5);
    const straight = createInspector(module, breathe);
    straight.start(dinosaurs(), { ...DEFAULT_SETTINGS, ...settings });
    for (let turn = 0; turn < 12; turn += 1) {
      for (const [kind, of] of [['look', ['mei']], ['names', [0, 3, 42, 0.8, '', '']], ['next', []]]) {
        assert.deepEqual(inspector.answer(question(kind, of), other), straight.answer(question(kind, of), other), `${kind}, turn ${turn}`);
      }
      await breathe();
    }
    await portions;
  }
});
