// The last letter's pass: every number of it is the last sum of its own terms, to the bit, and the terms are the tables' cells.
//   GPTOSAURUS_WASM=simd.wasm GPTOSAURUS_WASM_SCALAR=scalar.wasm node --test Tests/wasm/
import assert from 'node:assert/strict';
import test from 'node:test';
import { feeders, passRows, usedBy } from '../../Web/core/pass.js';
import { cellAt, passLayout } from '../../Web/core/pass-layout.js';
import { lab as newLab } from './lab.mjs';

const builds = { simd: process.env.GPTOSAURUS_WASM, scalar: process.env.GPTOSAURUS_WASM_SCALAR };
const [NO_LOOK, PLACE, TEXT] = [-8, -10, -7];
const SHAPES = {
  'the lab’s shape': {}, 'one narrow layer': { nLayer: 1, nEmbd: 16, nHead: 2 }, 'four wide layers': { nLayer: 4, nEmbd: 64, nHead: 4 },
};
const f = Math.fround;
const letters = (text) => [26, ...Array.from(text, (letter) => letter.charCodeAt(0) - 97)];

/** A shape as the page has it. */
function shapeOf(lab) {
  const [nLayer, nEmbd, nHead, blockSize, vocabSize, mlpRatio] = lab.words(lab.shape(), 6);
  return { nLayer, nEmbd, nHead, blockSize, vocabSize, mlpRatio, letters: [...'abcdefghijklmnopqrstuvwxyz'] };
}
function lookBack(lab, text) {
  const codes = Array.from(text, (letter) => letter.codePointAt(0));
  const at = lab.allocate(4 * codes.length);
  new Uint32Array(lab.memory.buffer, at, codes.length).set(codes);
  const positions = lab.lookBack(at, codes.length);
  lab.release(at);
  return positions;
}
function cellSum(lab, at) {
  const [value, start, total, factor, largest, count] = lab.doubles(at, 6);
  const numbers = lab.doubles(at + 48, 4 * count);
  const terms = Array.from({ length: count }, (_, i) => numbers.slice(4 * i, 4 * i + 4));
  return { value, start, total, factor, largest, terms };
}
/** 32 partial sums, folded by halves. */
function folded(numbers) {
  const partials = Array.from({ length: 32 }, () => 0);
  numbers.forEach((number, index) => { partials[index % 32] = f(partials[index % 32] + number); });
  for (let half = 16; half >= 1; half /= 2) for (let i = 0; i < half; i += 1) partials[i] = f(partials[i] + partials[i + half]);
  return partials[0];
}
/** The first to the last. */
const ascending = (numbers, start = 0) => numbers.reduce((sum, number) => f(sum + number), start);

for (const [kind, path] of Object.entries(builds)) {
  for (const [what, settings] of Object.entries(SHAPES)) {
    test(`${kind}, ${what}: every number is the sum of its terms, and its terms are the cells that fed it`, async () => {
      const lab = await newLab(path, settings);
      assert.deepEqual([lab.passRows(0), lab.passCell(0, 0)], [NO_LOOK, NO_LOOK]);
      lab.train(40);
      const shape = shapeOf(lab);
      const tokens = letters('trex');
      const T = lab.look('trex');
      assert.equal(lab.passRows(1), NO_LOOK, 'a look has no gradients');
      const rows = passRows(shape, T);
      const end = rows.at(-1);
      const all = lab.floats(lab.passRows(0), end.from + end.length);
      const tensors = lab.tensors().map(({ rows: r, columns, name }, index) => ({ name, columns, values: lab.tensor(index, r * columns) }));
      const read = (cell) => (cell.kind === 'weight' ? tensors[cell.tensor].values[cell.row * tensors[cell.tensor].columns + cell.column] : all[rows[cell.number].from + cell.index]);
      // The rows are the last position of the look's tables.
      const logits = lab.floats(lab.table(0), T * shape.vocabSize).slice(-shape.vocabSize);
      assert.deepEqual(all.slice(rows.at(-2).from, rows.at(-2).from + shape.vocabSize), logits);
      const v = lab.floats(lab.table(16 * shape.nLayer + 3), T * shape.nEmbd);
      for (const row of rows) {
        for (const index of new Set([0, 1, Math.floor(row.length / 2), row.length - 1])) {
          const { value, start, total, factor, largest, terms } = cellSum(lab, lab.passCell(row.number, index));
          const where = `${row.part} ${row.layer} ${index}`;
          assert.equal(value, all[row.from + index], where);
          if (row.start !== null) assert.equal(start, all[rows[row.start].from + index], where);
          const products = terms.map(([, , product]) => product);
          if (/norm/i.test(row.part) || row.part === 'stream') {
            terms.forEach(([a, , product]) => assert.equal(product, f(a * a), where));
            assert.equal(total, folded(products), where);
            assert.equal(factor, f(1 / f(Math.sqrt(f(f(total / shape.nEmbd) + f(1e-5))))), where);
            assert.equal(value, f(start * factor), where);
          } else if (row.part === 'attention' || row.part === 'probabilities') {
            assert.equal(largest, Math.max(...terms.map(([a]) => a)), where);
            terms.forEach(([a, , power]) => assert.ok(Math.abs(power - Math.exp(a - largest)) <= 3e-7, where));
            assert.equal(total, (row.part === 'attention' ? ascending : folded)(products), where);
            assert.equal(factor, f(1 / total), where);
            assert.equal(value, f(start * factor), where);
          } else {
            let sum = row.start === null ? 0 : start;
            for (const [a, b, product, then] of terms) {
              assert.equal(product, f(a * b), where);
              sum = f(sum + product);
              assert.equal(then, sum, where);
            }
            assert.equal(total, sum, where);
            if (row.part === 'mlpActive') assert.equal(value, Math.max(sum, 0), where);
            else assert.equal(value, row.part === 'scores' ? f(sum * factor) : sum, where);
          }
          terms.forEach(([a, b], term) => {
            const from = feeders(rows, shape, tokens, row.number, index, term);
            if (from.a !== null) assert.equal(read(from.a), a, `${where} ${term}`);
            if (from.b !== null) assert.equal(read(from.b), b, `${where} ${term}`);
            assert.equal(from.a === null, from.position !== null, `${where} ${term}`);
            // The values of the letters before are those of the look.
            if (row.part === 'heads' && row.layer === shape.nLayer - 1) assert.equal(v[term * shape.nEmbd + index], a);
            if (from.a?.kind === 'weight') assert.deepEqual(usedBy(rows, from.a, tokens), { number: row.number, index, term });
          });
        }
      }
      assert.equal(usedBy(rows, { tensor: 0, row: 3, column: 0 }, tokens), null, 'd is not read');
      for (const at of [[-1, 0], [rows.length, 0], [0, -1], [0, shape.nEmbd]]) assert.equal(lab.passCell(...at), PLACE);
    });

    test(`${kind}, ${what}: gradients are those of the next update, and each is a sum over the letters`, async () => {
      const lab = await newLab(path, settings);
      lab.train(40);
      const { text } = lab.name(lab.next().place);
      const tensors = lab.tensors();
      const places = tensors.map(({ rows, columns }, tensor) => [tensor, tensor < 2 ? (tensor === 0 ? letters(text)[1] : 1) : rows - 1, columns - 1]);
      const wanted = places.map((at) => lab.doubles(lab.weightOfNext(...at), 8)[1]);
      lab.look(text);
      assert.equal(lab.gradientOfTensor(0), NO_LOOK);
      assert.equal(lookBack(lab, '4'), TEXT);
      const T = lookBack(lab, text);
      places.forEach(([tensor, row, column], index) => {
        const { rows, columns, name } = tensors[tensor];
        assert.equal(lab.floats(lab.gradientOfTensor(tensor), rows * columns)[row * columns + column], wanted[index], name);
        const { value, total, terms } = cellSum(lab, lab.gradientOfWeight(tensor, row, column));
        assert.equal(value, wanted[index], name);
        assert.equal(total, ascending(terms.map(([a, b]) => f(a * b))), name);
        assert.equal(total, value, name);
        if (tensor > 1) assert.equal(terms.length, T, name);
      });
      // The loss enters at the logits: what the model said, less what came, for each prediction alike.
      const shape = shapeOf(lab);
      const rows = passRows(shape, T);
      const [logits, probabilities] = rows.slice(-2);
      const back = lab.floats(lab.passRows(1), probabilities.from + probabilities.length);
      const last = lab.floats(lab.table(1), T * shape.vocabSize).slice(-shape.vocabSize);
      last.forEach((share, token) => {
        assert.equal(back[logits.from + token], f(f(share - (token === 26 ? 1 : 0)) * f(1 / T)));
      });
      assert.deepEqual([lab.gradientOfTensor(-1), lab.gradientOfTensor(tensors.length), lab.gradientOfWeight(0, 27, 0), lab.gradientOfWeight(3, 0, -1)], [PLACE, PLACE, PLACE, PLACE]);
    });
  }
}

test('every box of the figure is true to shape, inside it, on no other box, and found under the pointer', () => {
  for (const [nLayer, nEmbd, nHead, mlpRatio] of [[2, 32, 4, 4], [1, 16, 2, 4], [4, 64, 8, 4], [3, 24, 3, 1]]) {
    const shape = { nLayer, nEmbd, nHead, mlpRatio, blockSize: 18, vocabSize: 27, letters: [] };
    for (const width of [300, 614, 700, 1000]) {
      for (const positions of [2, 12, 18]) {
        const layout = passLayout(shape, positions, width);
        assert.equal(layout.boxes.filter(({ tensor }) => tensor !== null).length, 3 + 6 * nLayer);
        assert.equal(layout.boxes.filter(({ tensor }) => tensor === null).length, layout.rows.length);
        const drawn = layout.boxes.flatMap((box) => box.regions.map((region) => ({ box, region })));
        const frames = drawn.map(({ box, region: { x, y, wide, high, isTurned } }) => (
          { box, x, y, right: x + (isTurned ? wide : box.columns * wide), bottom: y + (isTurned ? box.columns : box.rows) * high }));
        for (const [index, one] of frames.entries()) {
          assert.ok(one.x >= 0 && one.right <= layout.wide && one.bottom <= layout.high, one.box.key);
          for (const other of frames.slice(0, index)) {
            assert.ok(one.x >= other.right || other.x >= one.right || one.y >= other.bottom || other.y >= one.bottom, `${one.box.key} on ${other.box.key}, ${width}`);
          }
          if (one.box.tensor !== null) assert.equal((one.right - one.x) * one.box.rows, (one.bottom - one.y) * one.box.columns, 'true to shape');
        }
        const { box, region } = drawn.at(-1);
        assert.deepEqual(cellAt(layout, region.x + 1.5 * region.wide, region.y + 1), { box, row: 0, column: 1 });
        assert.equal(cellAt(layout, -1, -1), null);
      }
    }
  }
});
