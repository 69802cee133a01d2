// A run in the engine, in JavaScript's types: its training and its states. All that a trainer needs.

import { formatFingerprint } from '../core/numbers.js';

/** @typedef {import('../core/settings.js').Settings} Settings */

/** All settings but the seed, in the engine's order. @param {Settings} settings */
const inOrder = ({ layers, width, heads, context, mlpRatio, lr, beta1, beta2, floor, horizon, initStd, holdOut, batch }) =>
  [layers, width, heads, context, mlpRatio, lr, beta1, beta2, floor, horizon, initStd, holdOut, batch];

/** @param {import('./memory.js').EngineMemory} memory */
export function running({ ask, bytes, call, doubles, floats, lend }) {
  /** @template T @param {Uint8Array} names @param {(at: number) => T} body @returns {T} */
  const lendNames = (names, body) => lend(names.length, (at) => {
    bytes(at, names.length).set(names);
    return body(at);
  });

  return {
    /** Starts a run at state 0. @param {Uint8Array} names @param {Settings} settings @returns {void} */
    start(names, settings) {
      lendNames(names, (at) => ask('start', at, names.length, settings.seed, ...inOrder(settings)));
    },

    /** What a run would be; the one at hand stays. @param {Uint8Array} names @param {Settings} settings @returns {import('./messages.js').Plan} */
    plan(names, settings) {
      const numbers = lendNames(names, (at) => doubles(ask('plan', at, names.length, ...inOrder(settings)), 11));
      const [problem = 0, first = 0, second = 0, third = 0, count = 0, letters = 0, cut = 0, longest = 0, training = 0, heldOut = 0, parameters = 0] = numbers;
      return { problem, about: [first, second, third], names: count, letters, cut, longest, training, heldOut, parameters };
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
