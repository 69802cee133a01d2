// What is asked of the inspector and when: an inspector that only writes down what it hears.
import assert from 'node:assert/strict';
import test from 'node:test';
import { answerTo, isCalm, isPatient, question } from '../../Web/core/questions.js';
import { EngineError } from '../../Web/engine/memory.js';
import { askingPage } from './asking-harness.mjs';
import { breathe } from './harness.mjs';

/** Answers with the question and the step it is about; questions in `slow` when told to. */
function fakeInspector() {
  const heard = [];
  const waiting = [];
  return {
    heard,
    waiting,
    answer(asked, { step, weights }) {
      heard.push(`${asked.kind} ${asked.of} @${step}`);
      const answer = { of: asked.of, step, weights: weights[0] };
      if (asked.kind === 'manyNames') return new Promise((done, fail) => waiting.push({ done: () => done(answer), fail }));
      if (asked.of[0] === 'refused') throw new EngineError('no');
      if (asked.of[0] === 'fault') throw new TypeError('a fault');
      return answer;
    },
  };
}

function fresh(known) {
  const inspector = fakeInspector();
  const page = askingPage(inspector, known);
  return { ...inspector, page, answer: (asked) => answerTo(page.read(), asked) };
}

const look = (text, at = null) => question('look', [text], at);
const names = (count = 5) => question('names', [0, count, 42, 0.8, '', '']);
const many = question('manyNames', [200, 42, 0.8, '']);

test('nothing is asked before there is a run, or before its weights', () => {
  const { page, heard } = fresh({ shape: null });
  assert.equal(page.ask([look('mei')]), false);
  const bare = fresh({ weights: null });
  assert.equal(bare.page.ask([look('mei')]), false);
  assert.deepEqual([heard, bare.heard], [[], []]);
});

test('equal questions of several views are asked once, and once a step', () => {
  const { page, heard, answer } = fresh();
  assert.equal(page.ask([look('mei'), look('rex'), look('mei')]), true);
  assert.deepEqual(heard, ['look mei @10', 'look rex @10']);
  assert.equal(page.ask([look('mei'), look('rex')]), false, 'nothing new');
  assert.equal(heard.length, 2);
  page.arrive(11);
  assert.equal(page.ask([look('mei')]), true);
  assert.deepEqual(heard.slice(2), ['look mei @11']);
  assert.equal(answer(look('mei')).step, 11);
});

test('answers belong to the step on show: an old one stands until the new one is there', () => {
  const { page, answer } = fresh();
  page.ask([look('mei')]);
  page.arrive(11);
  assert.equal(answer(look('mei')).step, 10, 'views keep their drawing');
  page.ask([look('mei')]);
  assert.equal(answer(look('mei')).step, 11);
});

test('answers that nobody asks for any more are forgotten, and found again when somebody does', () => {
  const { page, heard, answer } = fresh();
  page.ask([look('mei')]);
  page.ask([look('rex')]);
  assert.equal(answer(look('mei')), undefined);
  assert.equal(page.ask([look('mei'), look('rex')]), true, 'scrolled back, at the same step');
  assert.equal(answer(look('mei')).step, 10);
  assert.deepEqual(heard, ['look mei @10', 'look rex @10', 'look mei @10']);
});

test('questions whose answers take long wait until the training rests', () => {
  const { page, heard } = fresh({ isTraining: true });
  const patient = ['heldOutLoss', 'lossOff', 'bestHead'].map((kind) => question(kind, []));
  assert.ok([...patient, many].every(isPatient));
  page.ask([...patient, many, look('mei')]);
  assert.deepEqual(heard, ['look mei @10']);
  page.dispatch({ kind: 'pause' });
  page.ask([...patient, many, look('mei')]);
  assert.deepEqual(heard.slice(1), ['heldOutLoss  @10', 'lossOff  @10', 'bestHead  @10', 'manyNames 200,42,0.8, @10']);
});

test('answers that are read come at most twice a second while it trains, pictures each time', () => {
  const { page, heard } = fresh({ isTraining: true });
  const calm = [names(), question('next', []), question('nearest', ['mei'])];
  assert.ok(calm.every(isCalm) && !isCalm(look('mei')));
  let last = -Infinity;
  for (let frame = 0; frame < 300; frame += 1) {
    page.time = frame * 16;
    page.arrive(frame);
    const before = heard.length;
    page.ask([...calm, look('mei')]);
    const asked = heard.slice(before);
    assert.equal(asked.filter((what) => what.startsWith('look')).length, 1, 'each frame');
    if (asked.length === 1) continue;
    assert.equal(asked.length, 4, 'all at once, about one step');
    assert.ok(page.time - last >= 500, `${page.time} after ${last}`);
    last = page.time;
  }
  const calmOnes = heard.filter((what) => what.startsWith('names')).length;
  assert.ok(calmOnes >= 9 && calmOnes <= 10, `${calmOnes} in 4.8 seconds`);
});

test('a calm question that is new is answered at once, and each one when the training rests', () => {
  const { page, heard } = fresh({ isTraining: true });
  page.ask([names(5)]);
  page.arrive(11);
  page.time = 100;
  page.ask([names(5), names(7)]);
  assert.deepEqual(heard, ['names 0,5,42,0.8,, @10', 'names 0,7,42,0.8,, @11']);
  page.dispatch({ kind: 'pause' });
  page.ask([names(5), names(7)]);
  assert.deepEqual(heard.slice(2), ['names 0,5,42,0.8,, @11']);
});

test('a question about another step fetches its weights once, and is asked once of them', () => {
  const { page, heard, answer } = fresh();
  for (let frame = 0; frame < 5; frame += 1) page.ask([look('mei', 3), look('rex', 3)]);
  assert.deepEqual([page.fetched, heard], [[3], []]);
  page.keep(3, Float32Array.of(33));
  page.ask([look('mei', 3), look('rex', 3)]);
  assert.deepEqual(heard, ['look mei @3', 'look rex @3']);
  assert.deepEqual(answer(look('mei', 3)), { of: ['mei'], step: 3, weights: 33 });
  assert.equal(answer(look('mei')), undefined, 'not about the step on show');
  page.arrive(40);
  page.ask([look('mei', 3)]);
  assert.equal(heard.length, 2, 'what happened at step 3 does not change');
  assert.deepEqual(page.fetched, [3]);
});

test('a step that was not reached is not fetched; another run fetches anew', () => {
  const { page } = fresh();
  page.ask([look('mei', 101)]);
  assert.deepEqual(page.fetched, []);
  page.ask([look('mei', 5)]);
  page.forget();
  page.ask([look('mei', 5)]);
  assert.deepEqual(page.fetched, [5, 5]);
});

test('a fixed step is asked also while it trains, and its answer stays for views that come back', () => {
  const { page, heard, answer } = fresh({ isTraining: true });
  page.keep(0, Float32Array.of(1));
  page.ask([look('mei', 0)]);
  page.ask([look('mei')]);
  page.ask([look('mei', 0)]);
  assert.deepEqual(heard, ['look mei @0', 'look mei @10']);
  assert.equal(answer(look('mei', 0)).step, 0);
});

test('an answer in portions is asked once and taken when it comes', async () => {
  const { page, heard, waiting, answer } = fresh();
  for (let frame = 0; frame < 3; frame += 1) page.ask([many]);
  assert.equal(heard.length, 1);
  assert.equal(answer(many), undefined);
  waiting[0].done();
  await breathe();
  assert.equal(answer(many).step, 10);
  page.ask([many]);
  assert.equal(heard.length, 1);
});

test('portions that come after the step changed are dropped, and the page asks again', async () => {
  const { page, heard, waiting, answer } = fresh();
  page.ask([many]);
  page.arrive(11);
  page.ask([many]);
  assert.equal(heard.length, 1, 'one at a time');
  const { dispatched } = page;
  waiting[0].done();
  await breathe();
  assert.equal(answer(many), undefined);
  assert.ok(page.dispatched > dispatched, 'nothing else would make a page at rest ask');
  page.ask([many]);
  assert.deepEqual(heard, ['manyNames 200,42,0.8, @10', 'manyNames 200,42,0.8, @11']);
  waiting[1].done();
  await breathe();
  assert.equal(answer(many).step, 11);
});

test('portions of a run that is gone are dropped, whatever became of them', async () => {
  for (const end of ['done', 'fail']) {
    const { page, heard, waiting, answer } = fresh();
    page.ask([many]);
    page.dispatch({ kind: 'newRun', settings: page.read().settings });
    page.forget();
    page.dispatch({ kind: 'opened', run: 2, facts: { shape: {} } });
    page.arrive(10);
    waiting[0][end](new EngineError('another run'));
    await breathe();
    assert.equal(answer(many), undefined);
    page.ask([many]);
    assert.equal(heard.length, 2, end);
  }
});

test('what the engine refuses has no answer and is not asked again; a fault is not hidden', () => {
  const { page, heard, answer } = fresh();
  page.ask([look('refused'), look('mei')]);
  assert.equal(answer(look('refused')), undefined);
  assert.equal(answer(look('mei')).step, 10);
  page.ask([look('refused'), look('mei')]);
  assert.equal(heard.length, 2);
  assert.throws(() => page.ask([look('fault')]), TypeError);
});
