// The clock and the axis that timeline and chart share.
import assert from 'node:assert/strict';
import test from 'node:test';
import { chartBox, chartRange, chartStep, chartX, spreadLabels } from '../../Web/core/chart.js';
import { lossOfStep, readingAt } from '../../Web/core/losses.js';
import { PACES, storySeconds, storyStep, targetStep } from '../../Web/core/story.js';
import { AGES, isMilestone, isReadingStep, lastStep, nextStop, positionOf, stepAt } from '../../Web/core/timeline.js';

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
});

test('every pace goes on from where it began', () => {
  assert.equal(targetStep(50, 20, 2), 120);
  assert.equal(targetStep('full', 20, 2), Infinity);
  for (const pace of PACES) {
    assert.ok(targetStep(pace, 1000, 0) >= 1000);
    assert.ok(targetStep(pace, 1000, 2) >= 1002, `${pace}`);
  }
});

test('a position on the timeline and its step agree', () => {
  for (let step = 0; step <= 5000; step += 1) assert.equal(stepAt(positionOf(step, 5000), 5000), step);
  assert.deepEqual(AGES.map((age) => Math.round(100 * positionOf(age, 5000))), [0, 13, 27, 46, 58, 79, 100]);
  assert.deepEqual([lastStep(0), lastStep(4999), lastStep(7200)], [5000, 5000, 7200]);
});

test('readings, kept states and milestones are never stepped over', () => {
  for (let step = 0; step < 12000; ) {
    const next = nextStop(step);
    for (let between = step + 1; between < next; between += 1) {
      assert.ok(!isReadingStep(between) && between % 100 !== 0 && !isMilestone(between));
    }
    step = next;
  }
  const steps = Array.from({ length: 21000 }, (_, step) => step);
  const readings = steps.slice(0, 5001).filter(isReadingStep);
  assert.ok(readings.length > 30 && readings.length <= 40, `${readings.length} readings`);
  assert.deepEqual(steps.filter(isMilestone), [...AGES, 10000, 20000]);
});

test('the chart’s axis is the timeline’s, its labels never overlap', () => {
  const box = chartBox(1040, 360, 5000, chartRange(1.6, 3.4));
  for (const age of AGES) {
    assert.equal(chartStep(box, chartX(box, age)), age);
    const share = (chartX(box, age) - box.left) / (box.width - box.left - box.right);
    assert.ok(Math.abs(share - positionOf(age, 5000)) < 1e-12);
  }
  assert.deepEqual(chartRange(0.4, 9.1), [0, 10]);
  assert.deepEqual([chartStep(box, -50), chartStep(box, 5000)], [0, 5000]);
  assert.deepEqual(spreadLabels([10, 12, 100, 11], 16), [10, 42, 100, 26]);
});

test('the loss of a step and the reading before it are found', () => {
  const losses = Float64Array.of(6, 2, 12, 3);
  assert.deepEqual([lossOfStep(losses, 1), lossOfStep(losses, 2)], [3, 4]);
  assert.ok(Number.isNaN(lossOfStep(losses, 3)));
  const readings = [0, 10, 20].map((step) => ({ step, loss: 3 - step / 100 }));
  assert.deepEqual([-1, 0, 9, 10, 999].map((step) => readingAt(readings, step)?.step), [undefined, 0, 0, 10, 20]);
});
