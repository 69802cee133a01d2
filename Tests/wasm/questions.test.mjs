// What the page asks of the engine: every export that answers about names, weights, the next update and the heads.
//   GPTOSAURUS_WASM=simd.wasm GPTOSAURUS_WASM_SCALAR=scalar.wasm node --test Tests/wasm/
import assert from 'node:assert/strict';
import test from 'node:test';
import { engine } from './engine.mjs';
import { lab as newLab, list } from './lab.mjs';
import { placeIn, tensorIn } from './layout.mjs';

const builds = { simd: process.env.GPTOSAURUS_WASM, scalar: process.env.GPTOSAURUS_WASM_SCALAR };
const [NO_RUN, SAMPLING, NO_LOOK, NO_MOMENTS, PLACE] = [-1, -6, -8, -9, -10];
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const mean = (numbers) => sum(numbers) / numbers.length;
const length = (numbers) => Math.hypot(...numbers);
const isNear = (a, b, tolerance, what) => assert.ok(Math.abs(a - b) <= tolerance, `${what ?? ''} ${a} ${b}`);
/** The lab's sizes. */
const [V, C, H, L, D] = [27, 32, 4, 2, 8];
const BOS = 26;
const ALL_HEADS = [0, 1, 2, 3, 4, 5, 6, 7];

for (const [kind, path] of Object.entries(builds)) {
  test(`${kind}: names stand in the order of the file and are found there`, async () => {
    const lab = await newLab(path);
    const names = list();
    const read = names.map((_, index) => lab.name(index));
    assert.deepEqual(read.map(({ text }) => text), names);
    assert.equal(sum(read.map(({ isHeldOut }) => isHeldOut)), 172);
    for (const index of [0, 1, 700, 1726]) {
      assert.deepEqual(lab.findName(names[index]), [names.indexOf(names[index]) + 1, read[index].isHeldOut]);
    }
    assert.deepEqual(lab.findName('gptosaurus'), [0, 0]);
    assert.deepEqual([-1, 1727].map((index) => lab.raw.name(index)), [PLACE, PLACE]);
  });

  test(`${kind}: statistics and pairs are those of the file`, async () => {
    const lab = await newLab(path);
    const names = list();
    const { letters, firstLetters, lengths, long } = lab.statistics();
    assert.equal(letters, sum(names.map((name) => name.length)));
    assert.equal(firstLetters.length, V - 1);
    firstLetters.forEach((count, token) => {
      assert.equal(count, names.filter((name) => name.charCodeAt(0) === 97 + token).length);
    });
    lengths.forEach((count, size) => assert.equal(count, names.filter((name) => name.length === size).length));
    assert.equal(sum(lengths), 1727);
    assert.deepEqual(long.map((index) => names[index]), names.filter((name) => name.length > 17));
    const pairs = Array.from({ length: V * V }, () => 0);
    for (const name of names) {
      const tokens = [BOS, ...Array.from(name, (letter) => letter.charCodeAt(0) - 97), BOS];
      for (let t = 1; t < tokens.length; t++) pairs[tokens[t - 1] * V + tokens[t]]++;
    }
    assert.deepEqual(lab.words(lab.pairs(), V * V), pairs);
  });

  test(`${kind}: tensors have the names of files and the weights of the state`, async () => {
    const lab = await newLab(path);
    const parts = ['attn_wq', 'attn_wk', 'attn_wv', 'attn_wo', 'mlp_fc1', 'mlp_fc2'];
    const tensors = lab.tensors();
    assert.deepEqual(
      tensors.map(({ name }) => name),
      ['wte', 'wpe', 'lm_head', ...[0, 1].flatMap((layer) => parts.map((part) => `layer${layer}.${part}`))]);
    assert.equal(sum(tensors.map(({ rows, columns }) => rows * columns)), 26880);
    assert.deepEqual([tensors[0].rows, tensors[0].columns, tensors[8].rows, tensors[8].columns], [27, 32, 32, 128]);
    lab.train(10);
    const state = lab.saveState(1);
    tensors.forEach((tensor, index) => {
      assert.deepEqual(lab.tensor(index, tensor.rows * tensor.columns), tensorIn(state, index, tensor));
    });
    assert.deepEqual([-1, 15].map((index) => lab.raw.tensor(index)), [PLACE, PLACE]);
    const deep = await newLab(path, { nLayer: 12, nEmbd: 8, nHead: 2 });
    assert.equal(deep.tensors().at(-1).name, 'layer11.mlp_fc2');
  });

  test(`${kind}: maps of the letters are fitted at milestones and follow the state`, async () => {
    const lab = await newLab(path);
    assert.equal(lab.letterMap(0), NO_LOOK);
    const map = (step) => lab.doubles(lab.letterMap(step), 2 + 2 * V);
    assert.equal(lab.fitMap(), 1);
    const [share, milestone, ...points] = map(0);
    assert.equal(milestone, 0);
    assert.ok(share > 2 / 26 && share < 1, `${share}`);
    // Principal components: the middle in the origin, the axes independent, the first the longer.
    const [x, y] = [0, 1].map((axis) => points.filter((_, index) => index % 2 === axis));
    isNear(sum(x), 0, 1e-9);
    isNear(sum(y), 0, 1e-9);
    isNear(sum(x.map((value, token) => value * y[token])), 0, 1e-9);
    assert.ok(length(x) > length(y));
    const wte = lab.tensor(0, V * C);
    const column = (c) => wte.filter((_, index) => index % C === c);
    const middle = Array.from({ length: C }, (_, c) => mean(column(c)));
    const spread = sum(wte.map((weight, index) => (weight - middle[index % C]) ** 2));
    isNear(share, (length(x) ** 2 + length(y) ** 2) / spread, 1e-9);
    lab.train(10);
    assert.equal(map(10)[1], 0, 'the latest that is fitted');
    assert.notDeepEqual(map(0).slice(2), points, 'the map of state 0 shows the weights at hand');
    assert.equal(lab.fitMap(), 2);
    assert.deepEqual([map(9)[1], map(10)[1], map(5000)[1]], [0, 10, 10]);
    assert.notEqual(map(10)[0], share);
  });

  test(`${kind}: nearest letters are ordered by the cosine of their rows`, async () => {
    const lab = await newLab(path);
    lab.train(50);
    const wte = lab.tensor(0, V * C);
    const row = (token) => wte.slice(token * C, token * C + C);
    const pairs = lab.doubles(lab.nearestLetters(4), 2 * (V - 1));
    const tokens = pairs.filter((_, index) => index % 2 === 0);
    const cosines = pairs.filter((_, index) => index % 2 === 1);
    const others = Array.from({ length: V }, (_, id) => id).filter((id) => id !== 4);
    assert.deepEqual(tokens.toSorted((a, b) => a - b), others);
    assert.deepEqual(cosines, cosines.toSorted((a, b) => b - a));
    tokens.forEach((token, index) => {
      const product = sum(row(token).map((value, c) => value * row(4)[c]));
      isNear(cosines[index], product / length(row(token)) / length(row(4)), 1e-12);
    });
    assert.deepEqual([-1, V].map((token) => lab.nearestLetters(token)), [PLACE, PLACE]);
  });

  test(`${kind}: next says what the next step then does`, async () => {
    const lab = await newLab(path);
    assert.equal(lab.sizesOfNext(), NO_LOOK);
    lab.train(20);
    const before = lab.fingerprintDigits();
    const { place, inputs, targets } = lab.next();
    assert.equal(lab.fingerprintDigits(), before, 'a look changes nothing');
    const { text, isHeldOut } = lab.name(place);
    assert.equal(isHeldOut, 0);
    const tokens = [BOS, ...Array.from(text, (letter) => letter.charCodeAt(0) - 97), BOS];
    assert.deepEqual([inputs, targets], [tokens.slice(0, -1), tokens.slice(1)]);
    const losses = lab.doubles(lab.lossesOfLook(), inputs.length);
    const probabilities = lab.floats(lab.table(1), inputs.length * V);
    losses.forEach((loss, t) => isNear(loss, -Math.log(probabilities[t * V + targets[t]]), 1e-5));

    const tensors = lab.tensors();
    const sizes = lab.doubles(lab.sizesOfNext(), 2 * 15 + 4);
    const states = [lab.saveState(3)];
    const places = [[0, inputs[1], 5], [2, 3, 31], [6, 31, 0], [14, 7, 127]];
    const weights = places.map((at) => lab.doubles(lab.weightOfNext(...at), 8));
    for (const at of [[15, 0, 0], [0, 27, 0], [0, 0, 32], [-1, 0, 0]]) assert.equal(lab.weightOfNext(...at), PLACE);

    const [, , lossSum, count] = lab.doubles(lab.trainRaw(21), 4);
    isNear(lossSum, sum(losses), 1e-12);
    assert.equal(count, losses.length);
    states.push(lab.saveState(3));
    const size = lab.blockFloats();
    places.forEach(([tensor, row, column], index) => {
      const at = placeIn(tensor, row, column);
      const [weight, gradient, m, v, mAfter, vAfter, change, after] = weights[index];
      assert.deepEqual([weight, m, v], [0, 1, 2].map((block) => states[0][block * size + at]));
      assert.deepEqual([after, mAfter, vAfter], [0, 1, 2].map((block) => states[1][block * size + at]));
      assert.equal(change, Math.fround(after - weight));
      isNear(gradient, (mAfter - 0.85 * m) / 0.15, 1e-6);
      assert.notEqual(gradient, 0);
    });
    const changes = Array.from(
      states[0].subarray(0, size), (weight, at) => Math.abs(Math.fround(states[1][at] - weight)));
    tensors.forEach((tensor, index) => {
      isNear(sizes[2 * index + 1], mean(tensorIn(changes, index, tensor)), 1e-12);
      assert.ok(sizes[2 * index] > 0);
    });
    isNear(sizes[31], sum(changes) / 26880, 1e-12);
    assert.equal(sizes[32], Math.max(...changes));
    isNear(sizes[33], 0.005 * (1 - 20 / 5000), 1e-15);
    assert.equal(lab.sizesOfNext(), NO_LOOK, 'the state at hand is another');
  });

  test(`${kind}: next needs the moments and takes the first name of a batch`, async () => {
    const lab = await newLab(path);
    lab.train(5);
    const whole = lab.saveState(3);
    lab.train(8);
    lab.loadState(whole.slice(0, whole.length / 3), 1, 5);
    assert.equal(lab.raw.next(), NO_MOMENTS);
    lab.loadState(whole, 3, 5);
    const { place } = lab.next();
    lab.train(6);
    const straight = await newLab(path);
    straight.train(6);
    assert.equal(lab.fingerprintDigits(), straight.fingerprintDigits());
    const batch = await newLab(path, { batch: 5 });
    batch.train(1);
    assert.equal(batch.next().place, place, 'the sixth name of the order');
  });

  test(`${kind}: shares are the odds of the dice`, async () => {
    const lab = await newLab(path);
    assert.equal(lab.shares(1, 0, 1), NO_LOOK);
    lab.train(100);
    lab.look('allo');
    const last = lab.floats(lab.table(1), 5 * V).slice(4 * V);
    const shares = (...settings) => lab.floats(lab.shares(...settings), 2 * V).slice(0, V);
    const logs = lab.floats(lab.shares(0.3, 2, 0.5), 2 * V).slice(V);
    logs.forEach((log, id) => isNear(Math.exp(log), last[id], 1e-6));
    shares(1, 0, 1).forEach((share, id) => isNear(share, last[id], 1e-6));
    const cold = last.map((share) => share ** 2);
    shares(0.5, 0, 1).forEach((share, id) => isNear(share, cold[id] / sum(cold), 1e-6));
    const best = last.toSorted((a, b) => b - a);
    const ofThree = last.map((share) => (share >= best[2] ? share / sum(best.slice(0, 3)) : 0));
    shares(1, 3, 1).forEach((share, id) => isNear(share, ofThree[id], 1e-6));
    shares(1, 0, best[0] / 2).forEach((share, id) => assert.equal(share, last[id] === best[0] ? 1 : 0));
    shares(0, 0, 1).forEach((share, id) => assert.equal(share, last[id] === best[0] ? 1 : 0));
    assert.deepEqual([lab.shares(-1, 0, 1), lab.shares(1, -1, 1), lab.shares(1, 0, 0)], [SAMPLING, SAMPLING, SAMPLING]);
  });

  test(`${kind}: attention is averaged, worked out and merged as its tables say`, async () => {
    const lab = await newLab(path);
    assert.deepEqual([lab.averageAttention(), lab.workedOut(0, 0, 0), lab.merge(0, 0)], [NO_LOOK, NO_LOOK, NO_LOOK]);
    lab.train(100);
    const T = lab.look('trex');
    assert.equal(T, 5);
    const part = (layer, number, count) => lab.floats(lab.table(16 * (layer + 1) + number), count);
    const attention = [0, 1].map((layer) => part(layer, 5, H * T * T));
    lab.floats(lab.averageAttention(), H * T * T).forEach((share, index) => {
      isNear(share, (attention[0][index] + attention[1][index]) / 2, 1e-7);
    });
    const tensors = lab.tensors();
    for (let layer = 0; layer < L; layer++) {
      const [v, scores, heads] = [part(layer, 3, T * C), part(layer, 4, H * T * T), part(layer, 6, T * C)];
      const before = layer === 0 ? lab.floats(lab.table(3), T * C) : part(layer - 1, 11, T * C);
      const after = part(layer, 7, T * C);
      const wo = lab.tensor(tensors.findIndex(({ name }) => name === `layer${layer}.attn_wo`), C * C);
      const added = (x, head) =>
        Array.from({ length: C }, (_, c) => sum(x.map((value, d) => wo[c * C + head * D + d] * value)));
      for (let query = 0; query < T; query++) {
        for (let head = 0; head < H; head++) {
          const numbers = lab.doubles(lab.workedOut(layer, head, query), 4 * (query + 1));
          for (let key = 0; key <= query; key++) {
            const [score, share, addedLength, valueLength] = numbers.slice(4 * key, 4 * key + 4);
            const value = v.slice(key * C + head * D, key * C + head * D + D);
            assert.equal(score, scores[(head * T + query) * T + key]);
            assert.equal(share, attention[layer][(head * T + query) * T + key]);
            isNear(valueLength, length(value), 1e-12);
            isNear(addedLength, share * length(added(value, head)), 1e-12);
          }
        }
        const merge = lab.floats(lab.merge(layer, query), 2 * C + H);
        const position = (table) => table.slice(query * C, query * C + C);
        assert.deepEqual(merge.slice(0, C), position(heads));
        merge.slice(C, 2 * C).forEach((change, c) => isNear(change, position(after)[c] - position(before)[c], 2e-6));
        merge.slice(2 * C).forEach((size, head) => {
          isNear(size, length(added(position(heads).slice(head * D, head * D + D), head)), 1e-6);
        });
      }
    }
    for (const at of [[2, 0, 0], [-1, 0, 0], [0, 4, 0], [0, 0, 5]]) assert.equal(lab.workedOut(...at), PLACE);
    for (const at of [[2, 0], [0, 5], [0, -1]]) assert.equal(lab.merge(...at), PLACE);
    lab.train(101);
    assert.equal(lab.merge(0, 0), NO_LOOK, 'the weights are others now');
  });

  test(`${kind}: the held-out loss has the standard error of a ratio`, async () => {
    const lab = await newLab(path);
    lab.train(200);
    const names = list().map((_, index) => lab.name(index)).filter(({ isHeldOut }) => isHeldOut === 1);
    const losses = names.map(({ text }) => {
      const positions = Math.min(18, text.length + 1);
      lab.look(text);
      return lab.doubles(lab.lossesOfLook(), positions);
    });
    const predictions = sum(losses.map((of) => of.length));
    const perLetter = sum(losses.map(sum)) / predictions;
    assert.ok(Math.abs(perLetter - lab.heldOutLoss()) < 1e-12);
    const squares = sum(losses.map((of) => (sum(of) - perLetter * of.length) ** 2));
    const error = Math.sqrt((squares * losses.length) / (losses.length - 1)) / predictions;
    const all = lab.lossesInPortions(172);
    isNear(lab.ofLosses('errorOfMeanLoss', all), error, 1e-12);
    assert.ok(error > 0.01);
    const counts = all.filter((_, index) => index % 2 === 1);
    assert.deepEqual(counts.sort(), losses.map((of) => of.length).sort());
    assert.ok(Number.isNaN(lab.ofLosses('errorOfMeanLoss', all.slice(0, 2))) && Number.isNaN(lab.ofLosses('meanLoss', [])));
  });

  test(`${kind}: losses in portions have the bits of all at once`, async () => {
    const lab = await newLab(path);
    lab.train(200);
    const all = lab.lossesInPortions(172);
    for (const portion of [1, 7, 171]) assert.deepEqual(lab.lossesInPortions(portion), all);
    assert.equal(lab.ofLosses('meanLoss', all), lab.heldOutLoss());
    for (const wrong of [[-1, 1], [173, 1], [0, -1]]) assert.equal(lab.lossesOff(...wrong), PLACE);
    assert.deepEqual(lab.doubles(lab.lossesOff(172, 5), 2), [0, 0]);
    const open = await newLab(path, { holdOut: 0 });
    assert.ok(Number.isNaN(open.heldOutLoss()));
    assert.equal(open.lossesInPortions(50).length, 2 * 172, 'the first names of the order, where none are held out');
    assert.equal((await engine(path)).lossesOff(0, 1), NO_RUN);
  });

  test(`${kind}: what is switched off changes looks, names and the loss, and comes back`, async () => {
    const lab = await newLab(path);
    lab.train(300);
    const names = lab.names(20);
    const held = lab.heldOutLoss();
    assert.equal(lab.lossOff(), held);
    assert.equal(lab.switchOff(ALL_HEADS), 0);
    assert.notDeepEqual(lab.names(20), names);
    assert.ok(lab.lossOff() > held + 0.01, `${lab.lossOff()}`);
    lab.look('rex');
    assert.deepEqual(lab.floats(lab.table(16 + 6), 4 * C), Array(4 * C).fill(0), 'no head fetches anything');
    lab.switchOff([8, 9]);
    lab.look('rex');
    assert.ok(lab.floats(lab.table(16 + 6), 4 * C).some((value) => value !== 0));
    assert.deepEqual(lab.floats(lab.table(16 + 10), 4 * 4 * C), Array(16 * C).fill(0), 'the first MLP is silent');
    const without = [];
    for (let head = 0; head < 8; head++) {
      lab.switchOff([head]);
      without.push(lab.lossOff());
    }
    assert.ok(new Set(without).size === 8);
    assert.equal(lab.switchOff([10]), PLACE);
    assert.equal(lab.lossOff(), without[7], 'a refusal changes nothing');
    lab.switchOff([]);
    assert.deepEqual(lab.names(20), names);
    lab.train(310);
    assert.equal(lab.lossOff(), lab.heldOutLoss(), 'measured again for another state');
    assert.notEqual(lab.lossOff(), held);
  });

  test(`${kind}: the loss of shown names is that of a sample, evenly spread over their order`, async () => {
    const lab = await newLab(path);
    lab.train(50);
    const state = lab.saveState(3);
    const losses = [];
    for (let i = 0; i < 172; i++) {
      // The update after state s trains on place s of the order.
      lab.loadState(state, 3, Math.floor((i * 1555) / 172));
      const { inputs } = lab.next();
      losses.push(...lab.doubles(lab.lossesOfLook(), inputs.length));
    }
    isNear(lab.shownLoss(), mean(losses), 1e-12);
    assert.notEqual(lab.shownLoss(), lab.heldOutLoss());
    assert.ok(Number.isNaN((await newLab(path, { holdOut: 0 })).shownLoss()));
  });
}
