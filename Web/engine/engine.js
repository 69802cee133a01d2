// The engine's exports behind functions that speak in JavaScript's types. One instance holds one run.

import { formatFingerprint } from '../core/numbers.js';

/** @typedef {import('../core/settings.js').Settings} Settings */
/** @typedef {import('./messages.js').Shape} Shape */
/** @typedef {import('./messages.js').Look} Look */
/** @typedef {import('./messages.js').GeneratedName} GeneratedName */
/** @typedef {ReturnType<typeof createEngine>} Engine */

/** Where the attention stands among the parts of a layer, as the engine counts them. */
const ATTENTION_PART = 5;

/** What the engine's negative answers mean. */
const FAILURES = Object.freeze([
  '', 'there is no run', 'the names can’t be read', 'the names have too many different letters', 'these sizes can’t be',
  'this recipe can’t be', 'these dice can’t be', 'the text has letters that the model lacks, or is too long', 'nothing was looked at',
]);

/** A call that the engine refused. */
export class EngineError extends Error {}

/**
 * @param {WebAssembly.Module} module
 * @returns the engine's functions
 */
export function createEngine(module) {
  const exports = /** @type {Record<string, (...values: any[]) => any> & { memory: WebAssembly.Memory }} */ (
    /** @type {unknown} */ (new WebAssembly.Instance(module).exports));
  /** Exported functions by name. @param {string} name */
  const call = (name) => /** @type {(...values: any[]) => any} */ (exports[name]);
  // Views detach whenever memory grows: they are made anew for each use.
  const words = (/** @type {number} */ at, /** @type {number} */ count) => new Uint32Array(exports.memory.buffer, at, count);
  const doubles = (/** @type {number} */ at, /** @type {number} */ count) => new Float64Array(exports.memory.buffer, at, count);
  const floats = (/** @type {number} */ at, /** @type {number} */ count) => new Float32Array(exports.memory.buffer, at, count);

  /** @param {number} result @returns {number} */
  function checked(result) {
    if (result < 0) throw new EngineError(FAILURES[-result] ?? 'the engine failed');
    return result;
  }

  /**
   * Lends `bytes` of memory to `body`.
   * @template T
   * @param {number} bytes @param {(at: number) => T} body @returns {T}
   */
  function lend(bytes, body) {
    const at = call('allocate')(bytes);
    try {
      return body(at);
    } finally {
      call('release')(at);
    }
  }

  /**
   * Lends the letters of a text to `body`.
   * @template T
   * @param {string} text @param {(at: number, count: number) => T} body @returns {T}
   */
  function lendText(text, body) {
    const letters = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
    return lend(4 * letters.length, (at) => {
      words(at, letters.length).set(letters);
      return body(at, letters.length);
    });
  }

  /** Shapes of the run, read once it started. */
  const sizes = { vocabSize: 0, nLayer: 0, nHead: 0 };

  return {
    /** Starts a run at state 0. @param {Uint8Array} names @param {Settings} settings @returns {Shape} */
    start(names, settings) {
      const s = settings;
      lend(names.length, (at) => {
        new Uint8Array(exports.memory.buffer, at, names.length).set(names);
        checked(call('start')(
          at, names.length, s.seed, s.layers, s.width, s.heads, s.context, s.mlpRatio, s.lr, s.beta1, s.beta2, s.floor,
          s.horizon, s.initStd, s.holdOut, s.batch));
      });
      const numbers = Array.from(words(checked(call('shape')()), 9));
      const [nLayer = 0, nEmbd = 0, nHead = 0, blockSize = 0, vocabSize = 0, mlpRatio = 0, parameters = 0, training = 0, heldOut = 0] = numbers;
      Object.assign(sizes, { vocabSize, nLayer, nHead });
      const letters = Array.from(words(checked(call('shape')()) + 36, vocabSize - 1), (code) => String.fromCodePoint(code));
      const [uniform = 0, unigram = 0, bigram = 0, trigram = 0, fourgram = 0] = doubles(checked(call('baselines')()), 5);
      return {
        nLayer, nEmbd, nHead, blockSize, vocabSize, mlpRatio, parameters, training, heldOut, letters,
        baselines: { uniform, unigram, bigram, trigram, fourgram },
      };
    },

    /** The number of the state. @returns {number} */
    step: () => checked(call('step')()),

    /** Trains until `step`. @param {number} step @returns {{ step: number, losses: Float64Array }} the step reached, sum and count of each step's loss */
    train(step) {
      const at = checked(call('train')(step));
      const [reached = 0, count = 0] = doubles(at, 2);
      return { step: reached, losses: doubles(at + 16, 2 * count).slice() };
    },

    /** @returns {string} 16 hex digits */
    fingerprint: () => formatFingerprint(call('fingerprint')()),

    /** @returns {number} nats per prediction */
    heldOutLoss: () => call('heldOutLoss')(),

    /** Copies the weights (1) or the whole state (3) out. @param {1 | 3} blocks @returns {Float32Array} */
    save(blocks) {
      const count = blocks * checked(call('blockFloats')());
      return lend(4 * count, (at) => {
        checked(call('saveState')(at, blocks));
        return floats(at, count).slice();
      });
    },

    /** Goes to a saved state. @param {Float32Array} saved @param {number} step @returns {void} */
    load(saved, step) {
      const blocks = saved.length / checked(call('blockFloats')());
      lend(4 * saved.length, (at) => {
        floats(at, saved.length).set(saved);
        checked(call('loadState')(at, blocks, step));
      });
    },

    /** The mean of the last 100 at each of the steps `first` to `last`. @param {Float64Array} losses @param {number} first @param {number} last @returns {Float64Array} nats */
    rollingMeans(losses, first, last) {
      return lend(8 * losses.length, (at) => {
        doubles(at, losses.length).set(losses);
        return doubles(checked(call('rollingMeans')(at, first, last)), last - first + 1).slice();
      });
    },

    /** The status of the run at the last of `readings`. @param {readonly { step: number, loss: number }[]} readings @param {number | null} brokenStep @returns {number} */
    status(readings, brokenStep) {
      return lend(16 * readings.length, (at) => {
        const pairs = doubles(at, 2 * readings.length);
        readings.forEach(({ step, loss }, index) => pairs.set([step, loss], 2 * index));
        return checked(call('status')(at, readings.length, brokenStep ?? -1));
      });
    },

    /** What the model makes of a text. @param {string} text @returns {Look} */
    look(text) {
      const positions = lendText(text, (at, count) => checked(call('look')(at, count)));
      const table = (/** @type {number} */ number, /** @type {number} */ count) => floats(checked(call('table')(number)), count).slice();
      return {
        text,
        positions,
        probabilities: table(1, positions * sizes.vocabSize),
        losses: doubles(checked(call('lossesOfLook')()), positions).slice(),
        attention: Array.from({ length: sizes.nLayer }, (_, layer) =>
          table(16 * (layer + 1) + ATTENTION_PART, sizes.nHead * positions * positions)),
      };
    },

    /**
     * Names 0 to count - 1 of a seed's dice.
     * @param {number} count @param {number} seed @param {number} temperature @param {string} [prefix] @returns {GeneratedName[]}
     */
    generate(count, seed, temperature, prefix = '') {
      return lendText(prefix, (prefixAt, prefixCount) => {
        const at = checked(call('generate')(0, count, seed, temperature, 0, 1, prefixAt, prefixCount));
        const names = [];
        for (let i = 0, from = at; i < count; i += 1) {
          const [length = 0, ended = 0, place = 0, heldOut = 0] = words(from, 4);
          names.push({
            text: String.fromCodePoint(...words(from + 16, length)), ended: ended === 1, known: place > 0,
            heldOut: heldOut === 1,
          });
          from += 16 + 4 * length;
        }
        return names;
      });
    },
  };
}
