// Numbers, texts and the order of the names on show.
import assert from 'node:assert/strict';
import test from 'node:test';
import { nextPlace } from '../../Web/core/name-order.js';
import { formatCount, formatFingerprint, formatLoss, formatShare, formatSigned } from '../../Web/core/numbers.js';
import { textProblem } from '../../Web/core/texts.js';

test('numbers are written as the page writes them', () => {
  assert.equal(formatCount(5000), '5,000');
  assert.equal(formatCount(1234567.6), '1,234,568');
  assert.deepEqual([1.755, 3, NaN, Infinity].map(formatLoss), ['1.75', '3.00', '–', '–']);
  assert.deepEqual([0, 0.004, 0.0099, 0.01, 0.995, 1].map(formatShare), ['0 %', '<1 %', '<1 %', '1 %', '100 %', '100 %']);
  assert.equal(formatFingerprint(-1n), 'ffffffffffffffff');
  assert.equal(formatFingerprint(0x0122b1f626d0fbe8n), '0122b1f626d0fbe8');
});

test('a minus is a true minus, and nothing that rounds to zero has one', () => {
  assert.equal(formatSigned(-0.314, 2), '\u22120.31');
  assert.equal(formatSigned(0.314, 3), '+0.314');
  assert.equal(formatSigned(-0.001, 2), '+0.00');
  assert.equal(formatSigned(-0, 2), '+0.00');
});

test('the name on show goes through all names once before any comes again', () => {
  for (const count of [1, 2, 3, 5, 13, 40, 144, 1727, 2000]) {
    for (const by of [1, -1]) {
      const seen = new Set();
      let place = Math.floor(count / 3);
      for (let turn = 0; turn < count; turn += 1) {
        seen.add(place);
        place = nextPlace(place, by, count);
        assert.ok(Number.isInteger(place) && place >= 0 && place < count, `${place} of ${count}`);
      }
      assert.equal(seen.size, count, `${count} names, by ${by}`);
      assert.equal(place, Math.floor(count / 3), 'and then it begins anew');
    }
    assert.equal(nextPlace(nextPlace(0, 1, count), -1, count), 0, 'back is where it came from');
  }
});

test('neighbours of the list don’t follow each other', () => {
  for (const count of [40, 144, 1727]) {
    const stride = nextPlace(0, 1, count);
    assert.ok(Math.min(stride, count - stride) > count / 4, `${stride} of ${count}`);
  }
});

const alphabet = Array.from('abcdefghijklmnopqrstuvwxyz');

test('a text’s problem names the first letter that can’t be, or the room there is', () => {
  assert.equal(textProblem('', alphabet, 17), '');
  assert.equal(textProblem('stegosaurus', alphabet, 17), '');
  assert.equal(textProblem('abcdefghijklmnopq', alphabet, 17), '');
  assert.match(textProblem('abcdefghijklmnopqr', alphabet, 17), /^17 letters at most: this model has 18 places/);
  assert.match(textProblem('réx', alphabet, 17), /Only a to z here: “é” at place 2\./);
  assert.match(textProblem('Rex', alphabet, 17), /“R” at place 1/);
  assert.match(textProblem('a b', alphabet, 17), /“ ” at place 2/);
});

test('a letter of two code units is one letter', () => {
  assert.match(textProblem('ab🦕', alphabet, 17), /“🦕” at place 3/);
  assert.equal(textProblem('🦕🦖', ['🦕', '🦖'], 2), '');
  assert.match(textProblem('🦕x', ['🦕', '🦖'], 2), /the model’s own letters here: “x” at place 2/);
});
