// The whole engine: a run, its training and its states, and what can be asked about the state at hand. One instance holds one
// run.

import { looking } from './looking.js';
import { createMemory } from './memory.js';
import { running } from './running.js';

/** @typedef {ReturnType<typeof createEngine>} Engine */

/** @param {WebAssembly.Module} module */
export function createEngine(module) {
  const memory = createMemory(module);
  /** Sizes of the run, read once it started. */
  const sizes = { vocabSize: 0, nLayer: 0, nHead: 0, nEmbd: 0, mlpWidth: 0, tensors: /** @type {import('./messages.js').TensorShape[]} */ ([]) };
  const run = running(memory);
  const look = looking(memory, sizes);

  return {
    ...run,
    ...look,

    /** Starts a run at state 0. @param {Uint8Array} names @param {import('../core/settings.js').Settings} settings @returns {void} */
    start(names, settings) {
      run.start(names, settings);
      const [nLayer = 0, nEmbd = 0, nHead = 0, , vocabSize = 0, mlpRatio = 0] = memory.words(memory.ask('shape'), 6);
      Object.assign(sizes, { nLayer, nEmbd, nHead, vocabSize, mlpWidth: mlpRatio * nEmbd, tensors: look.tensors() });
    },
  };
}
