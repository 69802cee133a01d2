// Asking with the real inspector, and weights from the real trainer: the page without its document.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import test from 'node:test';
import { answerTo, question } from '../../Web/core/questions.js';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { createInspector } from '../../Web/engine/inspector.js';
import { dinosaurs } from '../wasm/engine.mjs';
import { askingPage } from './asking-harness.mjs';
import { breathe, module, statesAt, trainerHarness } from './harness.mjs';

const states = statesAt([0, 10, 20, 37, 100]);

function fresh(step = 20) {
  const inspector = createInspector(module, breathe);
  const facts = inspector.start(dinosaurs(), DEFAULT_SETTINGS);
  const counted = { asked: 0 };
  const page = askingPage({ ...inspector, answer: (...all) => (counted.asked += 1, inspector.answer(...all)) }, {
    ...facts, step, furthest: step, weights: states.get(step).weights,
  });
  return { page, counted, answer: (asked) => answerTo(page.read(), asked) };
}

/** What an inspector that was asked nothing else says. */
function alone(asked, step) {
  const inspector = createInspector(module, breathe);
  inspector.start(dinosaurs(), DEFAULT_SETTINGS);
  return inspector.answer(asked, states.get(step));
}

const look = question('look', ['mei']);
const names = question('names', [0, 5, 42, 0.8, '', '']);
const many = question('manyNames', [300, 42, 0.8, '']);

test('views get the answers of the step on show, each asked for once', async () => {
  const { page, counted, answer } = fresh();
  page.ask([look, names, look]);
  assert.equal(counted.asked, 2);
  assert.deepEqual([answer(look), answer(names)], [alone(look, 20), alone(names, 20)]);
  page.arrive(37, states.get(37).weights);
  page.ask([look, names]);
  assert.deepEqual([answer(look), answer(names)], [alone(look, 37), alone(names, 37)]);
});

test('portions of a step that is gone are dropped; those of the step on show come', async () => {
  const { page, answer } = fresh();
  page.ask([many, look]);
  await breathe();
  page.arrive(37, states.get(37).weights);
  page.ask([many, look]);
  assert.deepEqual(answer(look), alone(look, 37), 'between two portions');
  for (let turn = 0; turn < 20 && answer(many) === undefined; turn += 1) {
    await breathe();
    page.ask([many, look]);
  }
  assert.deepEqual(answer(many), await alone(many, 37));
});

test('a text that the model can’t read has no answer, and the rest has', () => {
  const { page, answer } = fresh();
  const [wrong, next] = [question('look', ['é']), question('next', [])];
  page.ask([wrong, next, look]);
  assert.equal(answer(wrong), undefined);
  assert.equal(answer(next).step, 20);
  assert.deepEqual(answer(look), alone(look, 20));
});

test('questions about other steps are answered with weights that the trainer fetches, while it trains', () => {
  const trainer = trainerHarness();
  trainer.start();
  const { page, answer } = fresh(0);
  let taken = 0;
  const asked = [0, 10, 37].map((step) => question('look', ['mei'], step));
  const asksNow = () => page.ask([...asked, look]);
  page.dispatch({ kind: 'train' });
  trainer.send({ kind: 'trainTo', run: 1, step: 100 });
  for (let turn = 0; turn < 1000 && page.read().step !== 100; turn += 1) {
    trainer.send({ kind: 'received', run: 1, unread: 0 });
    trainer.turn();
    for (; taken < trainer.posted.length; taken += 1) page.dispatch({ kind: 'trainer', message: trainer.posted[taken] });
    asksNow();
    for (const step of page.fetched.splice(0)) trainer.send({ kind: 'fetch', run: 1, step });
  }
  for (; taken < trainer.posted.length; taken += 1) page.dispatch({ kind: 'trainer', message: trainer.posted[taken] });
  asksNow();
  for (const one of asked) assert.deepEqual(answer(one), alone(one, one.at), `step ${one.at}`);
  assert.deepEqual(answer(look), alone(look, 100));
  assert.equal(page.read().fingerprint, states.get(100).fingerprint);
  assert.deepEqual(trainer.told('weights').map(({ step }) => step).sort((a, b) => a - b), [0, 10, 37, 100], 'step 37 alone was fetched, once');
});
