// The engine behind functions that speak in JavaScript's types: a run, its training and its states. One instance holds one
// run; what can be asked about the state at hand stands in looking.js.

import { formatFingerprint } from '../core/numbers.js';
import { looking } from './looking.js';
import { createMemory } from './memory.js';

/** @typedef {import('../core/settings.js').Settings} Settings */
/** @typedef {ReturnType<typeof createEngine>} Engine */

/** @param {WebAssembly.Module} module */
export function createEngine(module) {
  const memory = createMemory(module);
  const { ask, call, doubles, floats, lend, words } = memory;
  /** Sizes of the run, read once it started. */
  const sizes = { vocabSize: 0, nLayer: 0, nHead: 0, nEmbd: 0, mlpWidth: 0, tensors: /** @type {import('./messages.js').TensorShape[]} */ ([]) };
  const look = looking(memory, sizes);

  return {
    ...look,

    /** Starts a run at state 0. @param {Uint8Array} names @param {Settings} settings @returns {void} */
    start(names, settings) {
      const s = settings;
      lend(names.length, (at) => {
        memory.bytes(at, names.length).set(names);
        ask('start',
          at, names.length, s.seed, s.layers, s.width, s.heads, s.context, s.mlpRatio, s.lr, s.beta1, s.beta2, s.floor,
          s.horizon, s.initStd, s.holdOut, s.batch);
      });
      const [nLayer = 0, nEmbd = 0, nHead = 0, , vocabSize = 0, mlpRatio = 0] = words(ask('shape'), 6);
      Object.assign(sizes, { nLayer, nEmbd, nHead, vocabSize, mlpWidth: mlpRatio * nEmbd, tensors: look.tensors() });
    },

    /** What a run would be; the one at hand stays. @param {Uint8Array} names @param {Settings} settings @returns {import('./messages.js').Plan} */
    plan(names, settings) {
      const s = settings;
      return lend(names.length, (at) => {
        memory.bytes(at, names.length).set(names);
        const numbers = doubles(ask('plan',
          at, names.length, s.layers, s.width, s.heads, s.context, s.mlpRatio, s.lr, s.beta1, s.beta2, s.floor,
          s.horizon, s.initStd, s.holdOut, s.batch), 11);
        const [problem = 0, first = 0, second = 0, third = 0, count = 0, letters = 0, cut = 0, longest = 0, training = 0, heldOut = 0, parameters = 0] = numbers;
        return { problem, about: [first, second, third], names: count, letters, cut, longest, training, heldOut, parameters };
      });
    },

    /** The number of the state. @returns {number} */
    step: () => ask('step'),

    /** Trains until `step`. @param {number} step @returns {{ step: number, losses: Float64Array }} the step reached, sum and count of each step's loss */
    train(step) {
      const at = ask('train', step);
      const [reached = 0, count = 0] = doubles(at, 2);
      return { step: reached, losses: doubles(at + 16, 2 * count).slice() };
    },

    /** @returns {string} 16 hex digits */
    fingerprint: () => formatFingerprint(call('fingerprint')()),

    /** Mean loss over the held-out names. @returns {number} nats per prediction */
    heldOutLoss: () => call('heldOutLoss')(),

    /** Mean loss over an equally large sample of the names trained on. @returns {number} nats per prediction */
    shownLoss: () => call('shownLoss')(),

    /** @returns {number} bytes of a run's weights */
    weightBytes: () => 4 * ask('blockFloats'),

    /** Copies the weights (1) or the whole state (3) out. @param {1 | 3} blocks @returns {Float32Array} */
    save(blocks) {
      const count = blocks * ask('blockFloats');
      return lend(4 * count, (at) => {
        ask('saveState', at, blocks);
        return floats(at, count).slice();
      });
    },

    /** Goes to a saved state. @param {Float32Array} saved @param {number} step @returns {void} */
    load(saved, step) {
      const blocks = saved.length / ask('blockFloats');
      lend(4 * saved.length, (at) => {
        floats(at, saved.length).set(saved);
        ask('loadState', at, blocks, step);
      });
    },
  };
}
