// What may be said about a run: every sentence is reached by readings made by hand, through the real engine.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { createInspector } from '../../Web/engine/inspector.js';
import { frameWords } from '../../Web/words/frame.js';
import { dinosaurs } from '../wasm/engine.mjs';
import { breathe, module } from './harness.mjs';

const inspector = createInspector(module, breathe);
const { facts: { shape } } = inspector.start(dinosaurs(), DEFAULT_SETTINGS);
const { uniform: U, unigram: F, bigram: P, trigram: T } = shape.baselines;

/** Step and held-out loss side by side. */
const readings = (...numbers) => Array.from({ length: numbers.length / 2 }, (_, i) => ({ step: numbers[2 * i], loss: numbers[2 * i + 1] }));

/** A run that learned all, up to step 1,000. */
const good = [0, U + 0.1, 10, F - 0.1, 20, F - 0.2, 100, P - 0.1, 200, P - 0.15, 900, T - 0.1, 1000, T - 0.15];

/** Readings, step that broke, sentence, what it offers. */
const CASES = [
  ['no reading', [], null, 'Untrained: every letter is about as likely as any other.', null],
  ['step 0', [0, U + 0.1], null, 'Untrained: every letter is about as likely as any other.', null],
  ['above letter frequencies', [0, U, 5, F + 0.2, 9, F + 0.01], null, 'Learning which letters are common.', null],
  ['once below letter frequencies', [0, U, 5, F + 0.2, 9, F - 0.01], null, 'Learning which letters are common.', null],
  ['twice below them', [0, U, 9, F - 0.01, 12, F - 0.02], null, 'It knows the common letters. Now: which letter follows which.', null],
  ['once below pairs', [0, U, 9, F - 0.01, 90, P + 0.02, 100, P - 0.01], null, 'It knows the common letters. Now: which letter follows which.', null],
  ['twice below pairs', [0, U, 9, F - 0.01, 90, P - 0.02, 100, P - 0.03], null, 'Past letter pairs: it uses more than the letter before.', null],
  ['once below triples', good.slice(0, 12), null, 'Past letter pairs: it uses more than the letter before.', null],
  ['twice below triples', good, null, 'Past letter triples: better than counting every three letters in a row.', null],
  ['no new best for 1,499 steps', [...good, 2499, T - 0.14], null, 'Past letter triples: better than counting every three letters in a row.', null],
  ['no new best for 1,500 steps', [...good, 2500, T - 0.14], null, 'Near its best on names it has not seen.', null],
  ['a little above its best', [...good, 2500, T - 0.15 + 0.04], null, 'Past letter triples: better than counting every three letters in a row.', null],
  ['clearly above its best', [...good, 2500, T - 0.15 + 0.06], null,
    'Overfitting: better and better on the names it is shown, worse on held-back ones. Best was step 1,000.', 'best'],
  ['far above blind guessing, once it had learned', [...good, 2500, U + 1], null,
    'Overfitting: better and better on the names it is shown, worse on held-back ones. Best was step 1,000.', 'best'],
  ['worse than blind at step 20', [0, U, 20, U + 1], null, 'Learning which letters are common.', null],
  ['worse than blind after step 20', [0, U, 21, U + 1], null, 'Worse than blind guessing: the steps are too large.', 'slower'],
  ['broken', good, 1001, 'Step 1,001 broke: its loss is no longer a number. The last good step is 1,000.', 'lastGood'],
  ['broken at once', [0, U], 1, 'Step 1 broke: its loss is no longer a number. The last good step is 0.', 'lastGood'],
];

test('the rungs are apart, so that the readings mean what they say', () => {
  assert.ok(U > F + 0.2 && F > P + 0.2 && P > T + 0.2);
});

for (const [what, numbers, brokenStep, sentence, offer] of CASES) {
  test(`${what}: ${sentence}`, () => {
    const status = inspector.status(readings(...numbers), brokenStep);
    assert.equal(frameWords.status(status, brokenStep), sentence);
    assert.equal(frameWords.statusOffer(status, brokenStep), offer);
    if (offer !== null) assert.ok(frameWords.offers[offer].length > 3);
  });
}

test('all nine sentences are reached, and there are no more', () => {
  const kinds = new Set(CASES.map(([, numbers, brokenStep]) => inspector.status(readings(...numbers), brokenStep) % 16));
  assert.deepEqual([...kinds].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(new Set(CASES.map(([, , , sentence]) => sentence.replace(/\d.*/, ''))).size, 9);
});

test('the sentence is about the step on show: later readings are not asked', () => {
  const all = readings(...good, 2500, T + 0.5);
  const at = (step) => frameWords.status(inspector.status(all.filter((reading) => reading.step <= step), null), null);
  assert.match(at(2500), /^Overfitting/);
  assert.match(at(1000), /^Past letter triples/);
  assert.match(at(0), /^Untrained/);
});
