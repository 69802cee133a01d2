// What the engine answers about the state at hand: the same functions as the command line's, so that both show the same
// numbers.

import { lookingAtPass } from './pass.js';

/** @typedef {import('./memory.js').EngineMemory} EngineMemory */
/** @typedef {import('./messages.js').Facts} Facts */
/** @typedef {import('./messages.js').HeadMeasures} HeadMeasures */
/** @typedef {import('./messages.js').HeadTable} HeadTable */
/** @typedef {import('./messages.js').GeneratedName} GeneratedName */
/** @typedef {import('./messages.js').LetterMap} LetterMap */
/** @typedef {import('./messages.js').Look} Look */
/** @typedef {import('./messages.js').LookAt} LookAt */
/** @typedef {import('./messages.js').Merge} Merge */
/** @typedef {import('./messages.js').NextUpdate} NextUpdate */
/** @typedef {import('./messages.js').Shape} Shape */
/** @typedef {import('./messages.js').TensorShape} TensorShape */
/** @typedef {import('./messages.js').WeightOfNext} WeightOfNext */

/** Measures and leans in the engine's order. */
const MEASURES = /** @type {const} */ (['start', 'before', 'itself', 'vowels', 'entropy', 'spread', 'repeats']);
const LEANS = /** @type {const} */ (['start', 'before', 'itself', 'repeats', 'vowels', 'consonants']);
/** Numbers of one head in a report: lean, mostly, and of all names and both halves each measure's value, chance and ratio. */
const ROW_OF_REPORT = 2 + 3 * MEASURES.length * 3;

/** @param {Float64Array} numbers of one head @returns {import('./messages.js').HeadRow} */
function rowOfReport(numbers) {
  const [all, first, second] = /** @type {[HeadMeasures, HeadMeasures, HeadMeasures]} */ ([0, 1, 2].map((part) =>
    Object.fromEntries(MEASURES.map((name, index) => {
      const [value = NaN, chance = NaN, ratio = NaN] = numbers.subarray(2 + 3 * (part * MEASURES.length + index));
      return [name, { value, chance, ratio }];
    }))));
  return { lean: LEANS[numbers[0] ?? -1] ?? null, isMostly: numbers[1] === 1, all, halves: [first, second] };
}

/** Steps that a mean is of. */
const ROLLING_WINDOW = 100;
/** Where the attention stands among the parts of a layer, as the engine counts them. */
const ATTENTION_PART = 5;

/**
 * @param {EngineMemory} memory
 * @param {{ vocabSize: number, nLayer: number, nHead: number, nEmbd: number, mlpWidth: number, tensors: TensorShape[] }} sizes of the run, once it started
 */
export function looking(memory, sizes) {
  const { ask, call, doubles, floats, lendDoubles, lendText, lendWords, words } = memory;
  /** @param {string} name @param {number} count @param {...number} values @returns {Float32Array} a copy */
  const floatsOf = (name, count, ...values) => floats(ask(name, ...values), count).slice();
  /** @param {string} name @param {number} count @param {...number} values @returns {Float64Array} a copy */
  const doublesOf = (name, count, ...values) => doubles(ask(name, ...values), count).slice();
  /** @param {number} number @param {number} count */
  const table = (number, count) => floatsOf('table', count, number);

  return {
    /** The parameter table. @returns {TensorShape[]} */
    tensors() {
      let at = ask('tensors');
      const count = words(at, 1)[0] ?? 0;
      at += 4;
      return Array.from({ length: count }, () => {
        const [rows = 0, columns = 0, length = 0] = words(at, 3);
        const name = memory.text(at + 12, length);
        at += 12 + 4 * length;
        return { name, rows, columns };
      });
    },

    /** The run's sizes, letters, and what counting reaches on its names. @returns {Shape} */
    shape() {
      const at = ask('shape');
      const [nLayer = 0, nEmbd = 0, nHead = 0, blockSize = 0, vocabSize = 0, mlpRatio = 0, parameters = 0, training = 0, heldOut = 0] = words(at, 9);
      const letters = Array.from(words(at + 36, vocabSize - 1), (code) => String.fromCodePoint(code));
      const [uniform = 0, unigram = 0, bigram = 0, trigram = 0, fourgram = 0] = doubles(ask('baselines'), 5);
      return {
        nLayer, nEmbd, nHead, blockSize, vocabSize, mlpRatio, parameters, training, heldOut, letters,
        baselines: { uniform, unigram, bigram, trigram, fourgram },
      };
    },

    /** The names of the list, in its order. @param {number} count @returns {{ list: string[], isHeldOut: boolean[] }} */
    list(count) {
      const read = Array.from({ length: count }, (_, index) => {
        const at = ask('name', index);
        const [isHeldOut = 0, length = 0] = words(at, 2);
        return { text: memory.text(at + 8, length), isHeldOut: isHeldOut === 1 };
      });
      return { list: read.map(({ text }) => text), isHeldOut: read.map(({ isHeldOut }) => isHeldOut) };
    },

    /** What the names show before any model. @returns {Facts} */
    facts() {
      const at = ask('statistics');
      const [letters = 0, firsts = 0, lengths = 0, long = 0] = words(at, 4);
      const firstLetters = Array.from(words(at + 16, firsts));
      const lengthCounts = Array.from(words(at + 16 + 4 * firsts, lengths));
      const tooLong = Array.from(words(at + 16 + 4 * (firsts + lengths), long));
      const pairs = Array.from(words(ask('pairs'), sizes.vocabSize * sizes.vocabSize));
      return { letters, firstLetters, lengths: lengthCounts, tooLong, pairs, tensors: sizes.tensors };
    },

    /** The mean of the last 100 at each of the steps `first` to `last`. @param {Float64Array} losses @param {number} first @param {number} last @returns {Float64Array} nats */
    rollingMeans(losses, first, last) {
      // Only what the means are of goes in.
      const before = Math.max(0, first - ROLLING_WINDOW);
      return lendDoubles(losses.subarray(2 * before, 2 * last), (at) =>
        doublesOf('rollingMeans', last - first + 1, at, first - before, last - before));
    },

    /** The status of the run at the last of `readings`. @param {readonly { step: number, loss: number }[]} readings @param {number | null} brokenStep @returns {number} */
    status(readings, brokenStep) {
      return lendDoubles(readings.flatMap(({ step, loss }) => [step, loss]), (at) => ask('status', at, readings.length, brokenStep ?? -1));
    },

    /** What the model makes of a text; what follows about a look is about the last one. @param {string} text @returns {Look} */
    look(text) {
      const positions = lendText(text, (at, count) => ask('look', at, count));
      return {
        text,
        positions,
        probabilities: table(1, positions * sizes.vocabSize),
        losses: doublesOf('lossesOfLook', positions),
        attention: Array.from({ length: sizes.nLayer }, (_, layer) =>
          table(16 * (layer + 1) + ATTENTION_PART, sizes.nHead * positions * positions)),
      };
    },

    /** Of the last look: the shares of the next letter, and the logarithms of the model's own. @param {number} temperature @param {number} topK 0: all @param {number} topP 1: all */
    shares(temperature, topK, topP) {
      const both = floatsOf('shares', 2 * sizes.vocabSize, temperature, topK, topP);
      return { shares: both.subarray(0, sizes.vocabSize), logs: both.subarray(sizes.vocabSize) };
    },

    /** Of the last look: the attention averaged over the layers. @param {number} positions @returns {Float32Array} (head, query, key) */
    averageAttention: (positions) => floatsOf('averageAttention', sizes.nHead * positions * positions),

    /** Of the last look: one head's look from one letter, worked out. @param {number} layer @param {number} head @param {number} query @returns {LookAt[]} by key */
    workedOut(layer, head, query) {
      const numbers = doublesOf('workedOut', 4 * (query + 1), layer, head, query);
      return Array.from({ length: query + 1 }, (_, key) => {
        const [score = 0, share = 0, added = 0, value = 0] = numbers.subarray(4 * key);
        return { score, share, added, value };
      });
    },

    /** Of the last look: how the heads of a layer come together at a position. @param {number} layer @param {number} query @returns {Merge} */
    merge(layer, query) {
      const all = floatsOf('merge', 2 * sizes.nEmbd + sizes.nHead, layer, query);
      return {
        heads: all.subarray(0, sizes.nEmbd), added: all.subarray(sizes.nEmbd, 2 * sizes.nEmbd), lengths: all.subarray(2 * sizes.nEmbd),
      };
    },

    ...lookingAtPass(memory, sizes),

    /**
     * Names `first` to `first + count - 1` of a seed's dice.
     * @param {number} first @param {number} count @param {number} seed @param {number} temperature @param {string} [prefix]
     * @param {number} [topK] 0: all @param {number} [topP] 1: all
     * @returns {GeneratedName[]}
     */
    generate(first, count, seed, temperature, prefix = '', topK = 0, topP = 1) {
      return lendText(prefix, (prefixAt, prefixCount) => {
        let from = ask('generate', first, count, seed, temperature, topK, topP, prefixAt, prefixCount);
        return Array.from({ length: count }, () => {
          const [length = 0, ended = 0, place = 0, heldOut = 0] = words(from, 4);
          const text = memory.text(from + 16, length);
          from += 16 + 4 * length;
          return { text, ended: ended === 1, known: place > 0, heldOut: heldOut === 1 };
        });
      });
    },

    /** The nearest name of the list: its place and the letters to change. @param {string} text */
    nearest(text) {
      return lendText(text, (at, count) => {
        const [place = 0, distance = 0] = words(ask('nearestName', at, count), 2);
        return { place, distance };
      });
    },

    /** A tensor's weights, row-major. @param {number} index @returns {Float32Array} */
    tensor(index) {
      const shape = sizes.tensors[index];
      return floatsOf('tensor', shape === undefined ? 0 : shape.rows * shape.columns, index);
    },

    /** Fits the letters' map to the weights at hand, the next milestone's. @returns {void} */
    fitMap: () => void ask('fitMap'),

    /** Where the letters stand. @param {number} step @returns {LetterMap | null} */
    letterMap(step) {
      const at = call('letterMap')(step);
      if (at < 0) return null;
      const [share = 0, milestone = 0] = doubles(at, 2);
      return { share, milestone, points: doubles(at + 16, 2 * sizes.vocabSize).slice() };
    },

    /** All other tokens, the most alike first. @param {number} token */
    nearestLetters(token) {
      const pairs = doublesOf('nearestLetters', 2 * (sizes.vocabSize - 1), token);
      return Array.from({ length: sizes.vocabSize - 1 }, (_, index) => ({ token: pairs[2 * index] ?? 0, cosine: pairs[2 * index + 1] ?? 0 }));
    },

    /** What the next update sees and changes; needs the whole state. @returns {NextUpdate} */
    next() {
      const step = ask('step');
      const at = ask('next');
      const [place = 0, count = 0] = words(at, 2);
      const inputs = Array.from(words(at + 8, count));
      const targets = Array.from(words(at + 8 + 4 * count, count));
      const probabilities = table(1, count * sizes.vocabSize);
      const losses = doublesOf('lossesOfLook', count);
      const numbers = doublesOf('sizesOfNext', 2 * sizes.tensors.length + 4);
      const each = Array.from({ length: sizes.tensors.length }, (_, tensor) => ({
        gradient: numbers[2 * tensor] ?? 0, change: numbers[2 * tensor + 1] ?? 0,
      }));
      const [gradient = 0, change = 0, largestChange = 0, learningRate = 0] = numbers.subarray(2 * sizes.tensors.length);
      return { step, place, inputs, targets, probabilities, losses, tensors: each, gradient, change, largestChange, learningRate };
    },

    /** One weight in the update that `next` looked at. @param {number} tensor @param {number} row @param {number} column @returns {WeightOfNext} */
    weightOfNext(tensor, row, column) {
      const [weight = 0, gradient = 0, m = 0, v = 0, mAfter = 0, vAfter = 0, change = 0, after = 0] =
        doubles(ask('weightOfNext', tensor, row, column), 8);
      return { weight, gradient, m, v, mAfter, vAfter, change, after };
    },

    /** Switches parts off for looks, names and losses; training has all on. @param {readonly number[]} parts head or MLP numbers */
    switchOff(parts) {
      lendWords(parts, (at, count) => ask('switchOff', at, count));
    },

    /**
     * Losses with the parts off of some of the names that losses are measured over.
     * @param {number} first @param {number} count
     * @returns {{ left: number, losses: Float64Array }} names after them; sum and count of each one's loss
     */
    lossesOff(first, count) {
      const at = ask('lossesOff', first, count);
      const [left = 0, names = 0] = doubles(at, 2);
      return { left, losses: doubles(at + 16, 2 * names).slice() };
    },

    /** @param {readonly number[]} losses sum and count of each name's @returns {number} nats per prediction */
    meanLoss: (losses) => lendDoubles(losses, (at, count) => call('meanLoss')(at, count / 2)),

    /** The standard error of that mean. @param {readonly number[]} losses @returns {number} nats */
    errorOfMeanLoss: (losses) => lendDoubles(losses, (at, count) => call('errorOfMeanLoss')(at, count / 2)),

    /** Worths added in their order. @param {readonly number[]} worths @returns {number} */
    sumOfWorths: (worths) => lendDoubles(worths, call('sumOfWorths')),

    /** Begins a report on what each head does over `count` names. @param {number} count 0: all @returns {number} its number */
    beginReport: (count) => ask('beginReport', count),

    /** Takes more names into a report. @param {number} report @param {number} first @param {number} count @returns {number} names after them */
    addToReport: (report, first, count) => ask('addToReport', report, first, count),

    /** Ends a report. @param {number} report @returns {HeadTable} */
    endReport(report) {
      const { nLayer, nHead } = sizes;
      const rows = nLayer * nHead + nHead;
      const numbers = doubles(ask('endReport', report), 2 + rows * ROW_OF_REPORT).slice();
      const all = Array.from({ length: rows }, (_, row) => rowOfReport(numbers.subarray(2 + row * ROW_OF_REPORT)));
      return { names: numbers[0] ?? 0, vowelRate: numbers[1] ?? NaN, heads: all.slice(0, nLayer * nHead), pooled: all.slice(nLayer * nHead) };
    },
  };
}
