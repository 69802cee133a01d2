// Every kind of question, answered by the real engine: its shape, and that the answers agree with each other.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { passRows } from '../../Web/core/pass.js';
import { question } from '../../Web/core/questions.js';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { createEngine } from '../../Web/engine/engine.js';
import { createInspector } from '../../Web/engine/inspector.js';
import { EngineError } from '../../Web/engine/memory.js';
import { dinosaurs } from '../wasm/engine.mjs';
import { placeIn, tensorIn } from '../wasm/layout.mjs';
import { breathe, module, statesAt } from './harness.mjs';

const states = statesAt([0, 10, 100, 101]);
const inspector = createInspector(module, breathe);
const { facts: { shape, facts, list, isHeldOut }, first } = inspector.start(dinosaurs(), DEFAULT_SETTINGS);
const { vocabSize: V, nEmbd: C, nHead: H, nLayer: L } = shape;
const ask = (kind, of, step = 100) => inspector.answer(question(kind, of), states.get(step));

test('a run opens with its first state, the trainer’s to the bit', () => {
  assert.deepEqual(first.weights.slice(0, states.get(0).weights.length), states.get(0).weights);
  assert.match(first.fingerprint, /^[0-9a-f]{16}$/);
});

const sum = (numbers) => Array.from(numbers).reduce((a, b) => a + b, 0);
const isNear = (a, b, tolerance, what = '') => assert.ok(Math.abs(a - b) <= tolerance, `${what} ${a} ${b}`);
const areNear = (all, others, tolerance) => {
  assert.equal(all.length, others.length);
  all.forEach((value, index) => isNear(value, others[index], tolerance, `at ${index}:`));
};
const texts = (names) => names.map(({ text }) => text);

test('these are all the kinds of questions that there are', () => {
  const [body] = fs.readFileSync(new URL('../../Web/core/questions.js', import.meta.url), 'utf8').match(/@typedef \{object\} Kinds[\s\S]*?\*\//);
  const kinds = Array.from(body.matchAll(/@property \{\{[^\n]*\}\} (\w+)/g), ([, kind]) => kind);
  const tested = fs.readFileSync(new URL(import.meta.url), 'utf8');
  assert.ok(kinds.length >= 16, `${kinds.length} kinds`);
  for (const kind of kinds) assert.ok(tested.includes(`ask('${kind}'`), `${kind} is not tested here`);
  assert.throws(() => ask('nonsense', []), /no such question/);
});

test('a run tells its list, which names are held out, and its facts', () => {
  assert.deepEqual(list, dinosaurs().toString().trim().split('\n'));
  assert.deepEqual([isHeldOut.length, sum(isHeldOut.map(Number)), shape.heldOut], [1727, 172, 172]);
  assert.equal(sum(facts.firstLetters), 1727);
  assert.equal(sum(facts.lengths), 1727);
  assert.equal(sum(facts.pairs), facts.letters + 1727);
  assert.equal(sum(facts.tensors.map(({ rows, columns }) => rows * columns)), shape.parameters);
});

test('look: shares of every place, causal attention, losses of the letters and of END', () => {
  const look = ask('look', ['mei']);
  assert.deepEqual([look.text, look.positions, look.probabilities.length, look.losses.length, look.attention.length], ['mei', 4, 4 * V, 4, L]);
  const targets = [12, 4, 8, V - 1];
  for (let t = 0; t < 4; t += 1) {
    const row = look.probabilities.subarray(t * V, (t + 1) * V);
    isNear(sum(row), 1, 1e-5);
    isNear(look.losses[t], -Math.log(row[targets[t]]), 1e-5);
    for (const layer of look.attention) {
      assert.equal(layer.length, H * 16);
      for (let head = 0; head < H; head += 1) {
        const attention = layer.subarray((head * 4 + t) * 4, (head * 4 + t + 1) * 4);
        isNear(sum(attention), 1, 1e-5);
        assert.ok(attention.subarray(t + 1).every((share) => share === 0));
      }
    }
  }
  assert.equal(ask('look', ['']).positions, 1, 'nothing but START');
});

test('shares: at temperature 1 those of the look’s last place, their logarithms beside them', () => {
  const look = ask('look', ['allo']);
  const last = look.probabilities.subarray(4 * V);
  const { shares, logs } = ask('shares', ['allo', 1, 0, 1]);
  areNear(shares, last, 1e-6);
  areNear(logs.map(Math.exp), last, 1e-6);
  const cut = ask('shares', ['allo', 0.5, 3, 1]);
  assert.deepEqual(cut.logs, logs, 'the model’s own, whatever the dice');
  assert.equal(cut.shares.filter((share) => share > 0).length, 3);
  isNear(sum(cut.shares), 1, 1e-6);
  const narrow = ask('shares', ['allo', 1, 0, Math.max(...last) / 2]).shares;
  assert.equal(narrow.filter((share) => share > 0).length, 1);
});

test('averageAttention: the mean of the look’s layers', () => {
  const { attention } = ask('look', ['trex']);
  areNear(ask('averageAttention', ['trex']), attention[0].map((share, at) => (share + attention[1][at]) / 2), 1e-7);
});

test('workedOut: the scores’ softmax is the look’s attention', () => {
  const { attention, positions: T } = ask('look', ['trex']);
  for (let layer = 0; layer < L; layer += 1) {
    for (let head = 0; head < H; head += 1) {
      for (let query = 0; query < T; query += 1) {
        const keys = ask('workedOut', ['trex', layer, head, query]);
        const row = attention[layer].subarray((head * T + query) * T).subarray(0, query + 1);
        assert.deepEqual(keys.map(({ share }) => share), Array.from(row));
        const all = sum(keys.map(({ score }) => Math.exp(score)));
        areNear(keys.map(({ score }) => Math.exp(score) / all), Array.from(row), 1e-5);
        assert.ok(keys.every(({ value, added }) => value > 0 && added > 0));
      }
    }
  }
});

test('merge: heads side by side, what wo makes of them, and of each alone', () => {
  const wo = ask('tensor', [facts.tensors.findIndex(({ name }) => name === 'layer1.attn_wo')]);
  const { heads, added, lengths } = ask('merge', ['trex', 1, 3]);
  assert.deepEqual([heads.length, added.length, lengths.length], [C, C, H]);
  const through = (from, to) => Array.from({ length: C }, (_, c) => sum(heads.slice(from, to).map((value, i) => wo[c * C + from + i] * value)));
  areNear(Array.from(added), through(0, C), 1e-5);
  lengths.forEach((length, head) => isNear(length, Math.hypot(...through((head * C) / H, ((head + 1) * C) / H)), 1e-5));
});

test('names: the same dice give the same names, with and without heads', () => {
  const names = ask('names', [0, 20, 42, 0.8, '', '']);
  assert.equal(names.length, 20);
  for (const { text, ended, known, heldOut } of names) {
    assert.ok(/^[a-z]{0,17}$/.test(text) && typeof ended === 'boolean');
    assert.deepEqual([known, heldOut], [list.includes(text), list.includes(text) && isHeldOut[list.indexOf(text)]], text);
  }
  const off = ask('names', [0, 20, 42, 0.8, '', 'heads']);
  assert.notDeepEqual(texts(off), texts(names));
  assert.deepEqual(ask('names', [0, 20, 42, 0.8, '', '']), names, 'switched on again');
  assert.deepEqual(ask('names', [7, 5, 42, 0.8, '', '']), names.slice(7, 12), 'name i is name i');
  assert.notDeepEqual(texts(ask('names', [0, 20, 43, 0.8, '', ''])), texts(names));
  assert.ok(texts(ask('names', [0, 20, 42, 0.8, 'tyr', ''])).every((text) => text.startsWith('tyr')));
  const greedy = texts(ask('names', [0, 5, 42, 0.8, '', '', 1, 1]));
  assert.equal(new Set(greedy).size, 1, 'of the most probable letter alone there is one name');
});

test('a name’s labels: known names are in the list, and held-out ones say so', () => {
  const found = { true: 0, false: 0 };
  list.forEach((text, place) => {
    if (text.length > 17) return;
    const [name] = ask('names', [0, 1, 42, 0, text, '']);
    if (name.text !== text || !name.ended) return;
    assert.deepEqual([name.known, name.heldOut], [true, isHeldOut[place]], text);
    found[isHeldOut[place]] += 1;
  });
  assert.ok(found.true > 10 && found.false > 10, `${found.true} of those held out, ${found.false} of the others`);
});

test('manyNames: the same names, in portions', async () => {
  for (const off of ['', 'heads']) {
    assert.deepEqual(await ask('manyNames', [250, 7, 0.8, off]), ask('names', [0, 250, 7, 0.8, '', off]), off);
  }
  assert.deepEqual(await ask('manyNames', [0, 7, 0.8, '']), []);
});

/** Letters to change, put in or take out. */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

test('nearest: the first name of the list with the fewest letters to change', () => {
  for (const text of ['mei', 'emmasaurus', 'xq', 'tyranosaurus', '']) {
    const distances = list.map((name) => distance(text, name));
    const least = Math.min(...distances);
    assert.deepEqual(ask('nearest', [text]), { text: list[distances.indexOf(least)], distance: least }, text);
  }
});

test('tensor: every one is its part of the state', () => {
  for (const step of [0, 100]) {
    facts.tensors.forEach((tensor, index) => {
      assert.deepEqual(Array.from(ask('tensor', [index], step)), tensorIn(states.get(step).alone, index, tensor));
    });
  }
});

test('letterMap: null before a fit, then points of every token about their middle', () => {
  const fresh = createInspector(module, breathe);
  fresh.start(dinosaurs(), DEFAULT_SETTINGS);
  const map = (step) => fresh.answer(question('letterMap', []), states.get(step));
  assert.equal(map(0), null);
  assert.equal(ask('letterMap', []), null);
  const fit = (step) => fresh.fitMap({ weights: states.get(step).alone, step });
  fit(0);
  const untrained = map(0);
  assert.deepEqual([untrained.milestone, untrained.points.length], [0, 2 * V]);
  isNear(sum(untrained.points.filter((_, at) => at % 2 === 0)), 0, 1e-9);
  assert.ok(untrained.share > 0 && untrained.share < 1);
  fit(10);
  fit(100);
  assert.deepEqual(map(0), untrained, 'a step has one map, whatever was fitted since');
  assert.deepEqual([map(10).milestone, map(100).milestone, map(101).milestone], [10, 100, 100]);
});

test('nearestLetters: all other tokens, by the cosine of their rows', () => {
  const wte = ask('tensor', [0]);
  const row = (token) => wte.subarray(token * C, (token + 1) * C);
  const cosine = (a, b) => sum(row(a).map((value, c) => value * row(b)[c])) / Math.hypot(...row(a)) / Math.hypot(...row(b));
  const near = ask('nearestLetters', [4]);
  assert.deepEqual(near.map(({ token }) => token).sort((a, b) => a - b), Array.from({ length: V }, (_, id) => id).filter((id) => id !== 4));
  near.forEach((one, at) => {
    isNear(one.cosine, cosine(4, one.token), 1e-6);
    assert.ok(at === 0 || near[at - 1].cosine >= one.cosine);
  });
});

test('next: the update after the step on show, as training then does it', () => {
  const next = ask('next', []);
  assert.equal(next.step, 100);
  const tokens = [V - 1, ...Array.from(list[next.place], (letter) => shape.letters.indexOf(letter)), V - 1];
  assert.deepEqual([next.inputs, next.targets], [tokens.slice(0, -1), tokens.slice(1)]);
  assert.equal(isHeldOut[next.place], false);
  assert.equal(next.probabilities.length, next.inputs.length * V);
  next.losses.forEach((loss, t) => isNear(loss, -Math.log(next.probabilities[t * V + next.targets[t]]), 1e-5));
  const engine = createEngine(module);
  engine.start(dinosaurs(), DEFAULT_SETTINGS);
  engine.load(states.get(100).weights, 100);
  const [loss, count] = engine.train(101).losses;
  assert.deepEqual([next.losses.length, sum(next.losses)], [count, loss]);
  assert.equal(next.tensors.length, facts.tensors.length);
  const change = states.get(101).alone.map((weight, at) => Math.abs(weight - states.get(100).alone[at]));
  isNear(next.change, sum(change) / shape.parameters, 1e-9);
  isNear(next.largestChange, Math.max(...change), 1e-9);
  isNear(next.learningRate, 0.005 * (1 - 100 / 5000), 1e-12);
  assert.ok(next.gradient > 0 && next.tensors.every((tensor) => tensor.gradient >= 0 && tensor.change >= 0));
  assert.equal(ask('next', [], 0).step, 0);
});

test('weightOfNext: the weight and its moments before and after one real step', () => {
  const [before, after] = [100, 101].map((step) => states.get(step).weights);
  const size = before.length / 3;
  for (const [tensor, row, column] of [[0, 0, 5], [1, 1, 0], [2, 3, 31], [6, 31, 0], [14, 7, 127]]) {
    const at = placeIn(tensor, row, column);
    const one = ask('weightOfNext', [tensor, row, column]);
    assert.deepEqual([one.weight, one.m, one.v], [0, 1, 2].map((block) => before[block * size + at]));
    assert.deepEqual([one.after, one.mAfter, one.vAfter], [0, 1, 2].map((block) => after[block * size + at]));
    assert.equal(one.change, Math.fround(one.after - one.weight));
  }
  assert.throws(() => ask('weightOfNext', [99, 0, 0]), EngineError);
});

test('next needs the whole state: of weights alone there is no answer', () => {
  const alone = { weights: states.get(10).alone, step: 10 };
  assert.throws(() => inspector.answer(question('next', []), alone), EngineError);
  assert.deepEqual(inspector.answer(question('look', ['mei']), alone), ask('look', ['mei'], 10), 'a look does not');
});

test('pass, passBack, passCell, passGradient: the rows end in the shares, each number in its sum, each gradient in its terms', () => {
  const look = ask('look', ['mei']);
  const rows = ask('pass', ['mei']);
  assert.deepEqual(rows.slice(-V), look.probabilities.slice(-V));
  const { rows: back, tensors } = ask('passBack', ['mei']);
  assert.deepEqual([back.length, tensors.length], [rows.length, facts.tensors.length]);
  const places = passRows(shape, look.positions);
  const { number, from, length } = places.at(-1);
  const cell = ask('passCell', ['mei', number, length - 1]);
  assert.equal(cell.value, rows[from + length - 1]);
  const tensor = facts.tensors.findIndex(({ name }) => name === 'lm_head');
  const gradient = ask('passGradient', ['mei', tensor, 2, 3]);
  assert.equal(gradient.value, tensors[tensor][2 * facts.tensors[tensor].columns + 3]);
  assert.equal(gradient.terms.at(-1).sum, gradient.value);
});

/** An engine at step 100, and the losses of all measured names in it, with parts off. */
function measured() {
  const engine = createEngine(module);
  engine.start(dinosaurs(), DEFAULT_SETTINGS);
  engine.load(states.get(100).weights, 100);
  const lossesOff = (parts) => {
    engine.switchOff(parts);
    return [...engine.lossesOff(0, 1000).losses];
  };
  return { engine, lossesOff, lossOff: (parts) => engine.meanLoss(lossesOff(parts)) };
}

test('heldOutLoss, lossOff and bestHead agree with the engine’s own', async () => {
  const { engine, lossesOff, lossOff } = measured();
  const held = await ask('heldOutLoss', []);
  assert.equal(held, engine.heldOutLoss());
  assert.deepEqual(await ask('heldOutError', []), { step: 100, loss: held, error: engine.errorOfMeanLoss(lossesOff([])) });
  const heads = Array.from({ length: L * H }, (_, head) => head);
  const without = await ask('lossOff', ['heads']);
  assert.equal(without, lossOff(heads));
  assert.notEqual(without, held);
  assert.equal(await ask('heldOutLoss', []), held, 'all on again');
  const worths = heads.map((head) => lossOff([head]) - held);
  const best = worths.indexOf(Math.max(...worths));
  assert.deepEqual(await ask('bestHead', []), { layer: Math.floor(best / H), head: best % H, worth: worths[best] });
});

test('the larger a model, the smaller are the portions that its losses are measured in', async () => {
  for (const [width, fewest] of [[32, 1], [64, 4], [128, 15]]) {
    const settings = { ...DEFAULT_SETTINGS, width };
    const { weights } = statesAt([3], settings).get(3);
    let portions = 0;
    const large = createInspector(module, () => {
      portions += 1;
      return breathe();
    });
    large.start(dinosaurs(), settings);
    const loss = await large.answer(question('heldOutLoss', []), { weights, step: 3 });
    assert.ok(portions >= fewest && portions <= 2 * fewest, `${portions} portions of width ${width}`);
    const engine = createEngine(module);
    engine.start(dinosaurs(), settings);
    engine.load(weights, 3);
    assert.equal(loss, engine.heldOutLoss());
  }
});

test('worths: each head, each layer, all heads, as if switched off by hand, and the sum of single ones', async () => {
  const { lossOff } = measured();
  const held = lossOff([]);
  const heads = Array.from({ length: L * H }, (_, head) => head);
  const worth = (parts) => lossOff(parts) - held;
  const worths = await ask('worths', []);
  assert.deepEqual(worths, {
    heads: heads.map((head) => worth([head])), layers: [worth(heads.slice(0, H)), worth(heads.slice(H))], all: worth(heads), singly: sum(worths.heads),
  });
  assert.equal(await ask('lossOff', ['1.2,mlp2']), lossOff([1, L * H + 1]));
  assert.equal(await ask('lossOff', ['9.9,mlp7']), held, 'what this model lacks is not switched off');
});

test('headTable: a row a head, and one a head index, each beside its chance and with both halves', async () => {
  const [few, all] = [await ask('headTable', [80]), await ask('headTable', [0])];
  assert.deepEqual([few.names, all.names, few.heads.length, few.pooled.length], [80, 1727, L * H, H]);
  isNear(all.vowelRate, 0.43, 0.02);
  for (const { all: measures, halves } of [...few.heads, ...few.pooled]) {
    for (const [name, { value, chance, ratio }] of Object.entries(measures)) {
      assert.equal(ratio, value / chance, name);
      if (name === 'vowels') continue;
      isNear(halves[0][name].value < value ? halves[1][name].value - value : halves[0][name].value - value, 0.1, 0.1, `${name}: between its halves`);
    }
    assert.equal(measures.spread.chance, 1);
  }
  assert.notDeepEqual(await ask('headTable', [80], 10), few);
});

test('a text that can’t be read is refused, and the next one is answered', () => {
  assert.throws(() => ask('look', ['é']), /letters that the model lacks/);
  assert.throws(() => ask('look', ['abcdefghijklmnopqr']), /too long/);
  assert.throws(() => ask('names', [0, 5, 42, -1, '', '']), /dice/);
  assert.throws(() => ask('names', [0, 5, 42, -1, '', 'heads']), /dice/);
  assert.equal(ask('look', ['mei']).positions, 4);
});
