// Which parts are switched off, as addresses write it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { parseAddress } from '../../Web/core/address.js';
import { findingsOf } from '../../Web/core/seed-findings.js';
import { isOffList, offList, partsOff } from '../../Web/core/switches.js';

const SIZES = { nLayer: 2, nHead: 4 };

test('parts and their text: every set of parts comes back', () => {
  for (let set = 0; set < 1024; set += 1) {
    const parts = Array.from({ length: 10 }, (_, part) => part).filter((part) => (set >> part) & 1);
    const text = offList(parts, SIZES);
    assert.deepEqual(partsOff(text, SIZES), parts, text);
    assert.ok(text === '' || isOffList(text), text);
  }
  assert.equal(offList([0, 1, 2, 3, 4, 5, 6, 7], SIZES), 'heads');
  assert.equal(offList([1, 6, 8], SIZES), '1.2,2.3,mlp1');
});

test('what a model lacks is left out, and what is no part is no list', () => {
  assert.deepEqual(partsOff('1.5,3.1,mlp3,1.1', SIZES), [0]);
  assert.deepEqual(partsOff('heads', null), []);
  for (const text of ['', 'head', '0.1', '1.0', '1', 'mlp', 'mlp0', '1.2,', ',1.2', '1.2 2.3', 'heads,', '1.2.3', '-1.2', '12345.1']) assert.equal(isOffList(text), false, text);
  assert.deepEqual(parseAddress('#off=1.2,mlp1').choices, { off: '1.2,mlp1' });
  assert.deepEqual(parseAddress('#off=heads').choices, { off: 'heads' });
  const { choices, problems } = parseAddress('#off=tails');
  assert.deepEqual([choices, problems.length], [{}, 1]);
});

test('findings count the seeds that they hold in', () => {
  const seed = (heads, layers, all, singly, leans, loss) => ({ worths: { heads, layers, all, singly }, table: { heads: leans.map((lean) => ({ lean })) }, loss, bigram: 2.2 });
  const seeds = [
    seed([0.1, 0, 0.05, 0], [0.3, 0.1], 0.6, 0.15, ['before', null, 'start', 'before'], 1.8), seed([0, 0, 0.2, 0], [0.1, 0.3], 0.1, 0.2, ['before', 'vowels', null, null], 2.3),
  ];
  assert.deepEqual(findingsOf(seeds, 2), { together: 1, firstLayer: 1, bestFirst: 1, pairs: 1, leans: [1, 2, 0, 0, 1, 0], none: 2 });
});
