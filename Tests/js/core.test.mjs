// The page's pure modules under node: pace, timeline, address, state, numbers.
import assert from 'node:assert/strict';
import test from 'node:test';
import { formatAddress, parseAddress } from '../../Web/core/address.js';
import { chartBox, chartRange, chartStep, chartX, spreadLabels } from '../../Web/core/chart.js';
import { formatCount, formatFingerprint, formatShare, formatSigned } from '../../Web/core/numbers.js';
import { rampColour, rampTable } from '../../Web/core/palette.js';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { defaults, update } from '../../Web/core/state.js';
import { storySeconds, storyStep, targetStep } from '../../Web/core/story.js';
import { AGES, isReadingStep, nextStop, positionOf, stepAt } from '../../Web/core/timeline.js';
import { words } from '../../Web/core/words.js';

test('the story reaches 5,000 steps in 30 seconds and never runs faster than 500 a second', () => {
  assert.equal(storyStep(0), 0);
  assert.equal(storyStep(1), 2);
  assert.equal(storyStep(30), 5000);
  assert.equal(storyStep(31), 5500);
  for (let t = 0; t < 40; t += 0.1) {
    assert.ok(storyStep(t + 0.1) - storyStep(t) <= 51, `at ${t} s`);
    assert.ok(storyStep(t + 0.1) >= storyStep(t));
  }
});

test('the story goes on from any step where it stood', () => {
  for (const step of [0, 1, 2, 6, 7, 10, 100, 999, 4999, 5000, 6000]) {
    const there = storyStep(storySeconds(step) + 1e-9);
    assert.ok(Math.abs(there - step) <= 1, `${step}: ${there}`);
    assert.ok(targetStep('story', step, 0) >= step);
  }
  assert.equal(targetStep(50, 20, 2), 120);
  assert.equal(targetStep('full', 20, 2), Infinity);
});

test('a position on the timeline and its step agree', () => {
  for (let step = 0; step <= 5000; step += 1) assert.equal(stepAt(positionOf(step, 5000), 5000), step);
  assert.deepEqual(AGES.map((age) => Math.round(100 * positionOf(age, 5000))), [0, 13, 27, 46, 58, 79, 100]);
});

test('readings, kept states and ages are never stepped over', () => {
  for (let step = 0; step < 6000; ) {
    const next = nextStop(step);
    for (let between = step + 1; between < next; between += 1) {
      assert.ok(!isReadingStep(between) && between % 100 !== 0 && !AGES.includes(between));
    }
    step = next;
  }
  const readings = Array.from({ length: 5001 }, (_, step) => step).filter(isReadingStep);
  assert.ok(readings.length > 80 && readings.length <= 101, `${readings.length} readings`);
  assert.ok(AGES.every((age) => age === 10 || isReadingStep(age) || age % 100 === 0));
});

test('an address restores what it was made from', () => {
  const state = defaults({
    settings: { ...DEFAULT_SETTINGS, seed: 7, lr: 0.05, heads: 2 }, step: 1240, text: 'rex', depth: 'advanced', theme: 'dark',
  });
  const address = parseAddress(`#${formatAddress(state)}`);
  assert.deepEqual(address.settings, state.settings);
  assert.equal(address.step, 1240);
  assert.deepEqual(address.state, { text: 'rex', depth: 'advanced', theme: 'dark' });
  assert.deepEqual(address.problems, []);
  assert.equal(formatAddress(defaults()), '');
});

test('what an address says wrong is told and left out', () => {
  const address = parseAddress('seed=-1&layers=two&lr=1e99&step=1.5&theme=pink&unknown=1&width=&holdOut=1');
  assert.deepEqual(address.settings, DEFAULT_SETTINGS);
  assert.equal(address.step, 0);
  assert.equal(address.problems.length, 7);
  for (const sentence of address.problems) assert.match(sentence, /can’t be/);
  assert.deepEqual(parseAddress('%E0%A4%A=%&&==').settings, DEFAULT_SETTINGS);
});

test('messages of another run change nothing', () => {
  const state = defaults({ run: 3 });
  const message = { kind: 'broken', run: 2, step: 5 };
  assert.equal(update(state, { kind: 'trainer', message }), state);
});

test('losses are kept in order, also when a part was sent before', () => {
  const told = (/** @type {number} */ firstLoss, /** @type {number[]} */ values, /** @type {number} */ step) => ({
    kind: 'trainer',
    message: {
      kind: 'state', run: 1, step, weights: new Float32Array(1), fingerprint: '', firstLoss, losses: Float64Array.from(values),
      readings: [],
    },
  });
  let state = update(defaults(), told(1, [3, 1, 4, 2], 2));
  state = update(state, told(3, [5, 2], 3));
  state = update(state, told(1, [], 1));
  assert.deepEqual(Array.from(state.losses), [3, 1, 4, 2, 5, 2]);
  assert.equal(state.step, 1);
  assert.equal(state.furthest, 3);
});

test('training stops at the end of the run and goes on when asked again', () => {
  let state = update(defaults({ step: 5000, furthest: 5000 }), { kind: 'train' });
  assert.equal(state.end, 10000);
  assert.equal(state.isTraining, true);
  state = update(state, { kind: 'visit', step: 9000 });
  assert.equal(state.visiting, null, 'only steps that were reached can be visited: this is the one on show');
  assert.equal(state.isTraining, false);
});

test('the step on show changes with its weights, never before', () => {
  let state = update(defaults({ step: 5000, furthest: 5000, fingerprint: 'late' }), { kind: 'visit', step: 4899 });
  assert.deepEqual([state.step, state.visiting, state.fingerprint], [5000, 4899, 'late']);
  const weights = new Float32Array(1);
  const losses = new Float64Array(0);
  const come = (/** @type {number} */ step, /** @type {string} */ fingerprint) => ({
    kind: 'trainer', message: { kind: 'state', run: 1, step, weights, fingerprint, firstLoss: 1, losses, readings: [] },
  });
  state = update(state, come(4999, 'of another visit'));
  assert.deepEqual([state.step, state.visiting], [4999, 4899]);
  state = update(state, come(4899, 'early'));
  assert.deepEqual([state.step, state.visiting, state.fingerprint], [4899, null, 'early']);
});

test('numbers are written as the page writes them', () => {
  assert.equal(formatCount(5000), '5,000');
  assert.equal(formatSigned(-0.314, 2), '−0.31');
  assert.equal(formatSigned(-0.001, 2), '+0.00');
  assert.equal(formatShare(0.004), '<1 %');
  assert.equal(formatShare(0), '0 %');
  assert.equal(formatFingerprint(-1n), 'ffffffffffffffff');
  assert.equal(formatFingerprint(0x0122b1f626d0fbe8n), '0122b1f626d0fbe8');
});

test('every status has a sentence', () => {
  const sentences = [0, 1, 2, 3, 4, 5, 6 + 16 * 1200, 7].map((status) => words.status(status, null));
  assert.equal(new Set(sentences).size, sentences.length);
  assert.match(sentences[6] ?? '', /1,200/);
  assert.match(words.status(8, 17), /Step 17 broke.*16/);
});

test('the chart’s axis is the timeline’s, its labels never overlap', () => {
  const box = chartBox(1040, 360, 5000, chartRange(1.6, 3.4));
  for (const age of AGES) assert.equal(chartStep(box, chartX(box, age)), age);
  assert.deepEqual(chartRange(0.4, 9.1), [0, 10]);
  const spread = spreadLabels([10, 12, 100, 11], 16);
  assert.deepEqual(spread, [10, 42, 100, 26]);
});

test('the ramp runs from negative over zero to positive', () => {
  const table = rampTable(['#8a0528', '#cb4359', '#e9e2d2', '#f0b73c', '#cb8507']);
  assert.equal(table.length, 256);
  assert.equal(rampColour(table, -1, 1), 'rgb(138 5 40)');
  assert.equal(rampColour(table, 9, 1), 'rgb(203 133 7)');
});
