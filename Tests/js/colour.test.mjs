// The colour mathematics itself, against published values.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ciede2000, contrast, lab, SIGHTS } from './colour.mjs';

test('contrast goes from 1 to 21', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.equal(contrast('#808080', '#808080'), 1);
  assert.ok(Math.abs(contrast('#777777', 'rgb(255 255 255)') - 4.48) < 0.005, 'the grey that just fails');
});

test('CIELAB of white, black and red', () => {
  const isNear = (colour, expected) => lab(colour).forEach((value, axis) => assert.ok(Math.abs(value - expected[axis]) < 0.02, `${colour}: ${lab(colour)}`));
  isNear('#ffffff', [100, 0, 0]);
  isNear('#000000', [0, 0, 0]);
  isNear('#ff0000', [53.24, 80.09, 67.2]);
});

/** Pairs of the test data of Sharma, Wu and Dalal 2005. */
const SHARMA = [
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
  [[50, -0.001, 2.49], [50, 0.0011, -2.49], 4.7461],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [50, 3.2592, 0.335], 1.0],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
];

test('CIEDE2000 of the published pairs, both ways', () => {
  for (const [one, other, expected] of SHARMA) {
    assert.ok(Math.abs(ciede2000(one, other) - expected) < 5e-5, `${one} and ${other}: ${ciede2000(one, other)}`);
    assert.ok(Math.abs(ciede2000(other, one) - expected) < 5e-5);
  }
});

test('every sight leaves greys as they are', () => {
  for (const matrix of Object.values(SIGHTS)) {
    for (const row of [0, 3, 6]) assert.ok(Math.abs(matrix[row] + matrix[row + 1] + matrix[row + 2] - 1) < 1e-5);
  }
});
