// What heads do over many names, said a second time in plain loops over the attention of looks.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/wasm/
import assert from 'node:assert/strict';
import test from 'node:test';
import { lab as newLab } from './lab.mjs';

const paths = Object.entries({ simd: process.env.GPTOSAURUS_WASM, scalar: process.env.GPTOSAURUS_WASM_SCALAR }).filter(([, path]) => path);
const [L, H, STEP] = [2, 4, 300];
const PLACE = -10;
const MEASURES = ['start', 'before', 'itself', 'vowels', 'bits', 'spread', 'repeats'];
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const isNear = (a, b, what) => assert.ok(Math.abs(a - b) <= 1e-9 || (Number.isNaN(a) && Number.isNaN(b)), `${what}: ${a} is not ${b}`);

/** The first `count` names of the run's order: update s trains on place s. */
function order(lab, count) {
  const state = lab.saveState(3);
  const names = Array.from({ length: count }, (_, place) => {
    lab.loadState(state, 3, place);
    return lab.name(lab.next().place).text;
  });
  lab.loadState(state, 3, STEP);
  return names;
}

/** The measures of one head over names: `attention[name][query][key]`; uniform attention gives the chance. */
function measured(names, attention) {
  const sums = Object.fromEntries(MEASURES.map((name) => [name, { value: [], chance: [] }]));
  const put = (name, value, chance) => {
    sums[name].value.push(value);
    sums[name].chance.push(chance);
  };
  const isVowel = (letter) => 'aeiou'.includes(letter);
  const blind = (q, k) => {
    const rows = attention.filter((name) => name.length > q);
    return sum(rows.map((name) => name[q][k])) / rows.length;
  };
  let [onVowels, onLetters, blindVowels, blindLetters] = [0, 0, 0, 0];
  names.forEach((name, index) => {
    attention[index].forEach((row, q) => {
      if (q === 0) return;
      const uniform = 1 / (q + 1);
      put('start', row[0], uniform);
      put('itself', row[q], uniform);
      if (q >= 2) put('before', row[q - 1], uniform);
      const bits = -sum(row.map((share) => (share > 0 ? share * Math.log2(share) : 0)));
      put('bits', bits, Math.log2(q + 1));
      put('spread', bits / Math.log2(q + 1), 1);
      const keys = Array.from({ length: q }, (_, k) => k + 1);
      const copies = keys.filter((k) => name[k - 1] === name[q]);
      if (q < name.length && copies.length > 0) put('repeats', sum(copies.map((k) => row[k])), copies.length * uniform);
      for (const k of keys) {
        const seenBlind = blind(q, k);
        onLetters += row[k];
        blindLetters += seenBlind;
        if (isVowel(name[k - 1])) {
          onVowels += row[k];
          blindVowels += seenBlind;
        }
      }
    });
  });
  return MEASURES.map((name) => {
    if (name === 'vowels') return [onVowels / onLetters, blindVowels / blindLetters];
    const { value, chance } = sums[name];
    return [sum(value) / value.length, sum(chance) / chance.length];
  });
}

/** What a head leans to, by the rule: 1.75 times chance, or 0.10 off for vowels, in both halves. */
function leanOf(all, halves) {
  const ratio = (measures, at) => measures[at][0] / measures[at][1];
  const candidates = [0, 1, 2, 6].map((at, direction) => ({ at, direction })).filter(({ at }) => halves.every((half) => ratio(half, at) >= 1.75));
  candidates.sort((a, b) => ratio(all, b.at) - ratio(all, a.at));
  if (candidates.length > 0) return [candidates[0].direction, all[candidates[0].at][0] >= 0.5 ? 1 : 0];
  const off = halves.map((half) => half[3][0] - half[3][1]);
  if (off.every((difference) => difference >= 0.1)) return [4, 0];
  return off.every((difference) => difference <= -0.1) ? [5, 0] : [-1, 0];
}

for (const [kind, path] of paths) {
  test(`${kind}: a report in portions is what plain loops over the attention say`, async () => {
    const lab = await newLab(path);
    lab.train(STEP);
    const count = 31;
    const names = order(lab, count);
    /** By head, then by head index averaged over the layers: [name][query][key]. */
    const attention = Array.from({ length: L * H + H }, () => []);
    for (const name of names) {
      const T = lab.look(name.slice(0, 17));
      const layers = [0, 1].map((layer) => lab.floats(lab.table(16 * (layer + 1) + 5), H * T * T));
      const rows = (share) => Array.from({ length: T }, (_, q) => Array.from({ length: q + 1 }, (__, k) => share(q * T + k)));
      for (let head = 0; head < H; head += 1) {
        layers.forEach((shares, layer) => attention[layer * H + head].push(rows((at) => shares[head * T * T + at])));
        attention[L * H + head].push(rows((at) => (layers[0][head * T * T + at] + layers[1][head * T * T + at]) / L));
      }
    }
    const read = names.map((name) => name.slice(0, 17));
    const report = lab.beginReport(count);
    assert.ok(report > 0);
    const other = lab.beginReport(5);
    assert.deepEqual([[0, 10], [10, 11], [21, 100]].map(([first, more]) => lab.addToReport(report, first, more)), [21, 10, 0]);
    assert.equal(lab.addToReport(other, 0, 5), 0, 'two reports at once');
    const row = 2 + 3 * MEASURES.length * 3;
    const numbers = lab.doubles(lab.endReport(report), 2 + (L * H + H) * row);
    const letters = read.join('');
    assert.equal(numbers[0], count);
    isNear(numbers[1], Array.from(letters).filter((letter) => 'aeiou'.includes(letter)).length / letters.length, 'vowels');
    const half = (count + 1) / 2;
    attention.forEach((one, head) => {
      const given = numbers.slice(2 + head * row, 2 + (head + 1) * row);
      const parts = [[0, count], [0, half], [half, count]].map(([from, to]) => measured(read.slice(from, to), one.slice(from, to)));
      parts.forEach((measures, part) => measures.forEach(([value, chance], at) => {
        const [v, c, r] = given.slice(2 + 3 * (part * MEASURES.length + at));
        isNear(v, value, `head ${head}, ${MEASURES[at]}`);
        isNear(c, chance, `head ${head}, chance of ${MEASURES[at]}`);
        assert.equal(r, v / c);
      }));
      assert.deepEqual(given.slice(0, 2), leanOf(parts[0], parts.slice(1)), `head ${head}`);
    });
    assert.equal(lab.endReport(report), PLACE, 'it is ended');
    assert.equal(lab.doubles(lab.endReport(other), 1)[0], 5);
  });

  test(`${kind}: reports and worths refuse what is not there`, async () => {
    const lab = await newLab(path);
    assert.equal(lab.beginReport(-1), PLACE);
    const report = lab.beginReport(10);
    for (const wrong of [[report + 1, 0, 1], [report, -1, 1], [report, 11, 1], [report, 0, -1]]) assert.equal(lab.addToReport(...wrong), PLACE);
    assert.equal(lab.endReport(report + 1), PLACE);
    lab.startRun(new TextEncoder().encode('rex\nmei\nminmi\ntenontosaurus\n'));
    assert.equal(lab.addToReport(report, 0, 1), PLACE, 'another run');
    assert.ok(lab.beginReport(0) > report);
    const at = lab.allocate(24);
    new Float64Array(lab.memory.buffer, at, 3).set([0.5, -0.25, 1]);
    assert.deepEqual([lab.sumOfWorths(at, 3), lab.sumOfWorths(at, 0), lab.sumOfWorths(at, -1)], [1.25, 0, 0]);
    lab.release(at);
  });
}
