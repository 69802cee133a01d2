// The inspector: the page's own instance of the engine, for small questions. It holds the weights of the state on show and
// never trains. Its answers are promises, so that it could move to a Worker without a change to those who ask.

import { createEngine } from './engine.js';

/** @typedef {import('../core/settings.js').Settings} Settings */
/** @typedef {ReturnType<typeof createInspector>} Inspector */

/** @param {WebAssembly.Module} module */
export function createInspector(module) {
  const engine = createEngine(module);
  return {
    /** @param {Uint8Array} names @param {Settings} settings */
    start: async (names, settings) => engine.start(names, settings),
    /** Shows the weights of a step to all questions that follow. @param {Float32Array} weights @param {number} step */
    show: async (weights, step) => engine.load(weights, step),
    /** @param {string} text */
    look: async (text) => engine.look(text),
    /** @param {number} count @param {number} seed @param {number} temperature @param {string} [prefix] */
    names: async (count, seed, temperature, prefix) => engine.generate(count, seed, temperature, prefix),
    /** @param {readonly { step: number, loss: number }[]} readings @param {number | null} brokenStep */
    status: async (readings, brokenStep) => engine.status(readings, brokenStep),
    /** @param {Float64Array} losses @param {number} first @param {number} last */
    rollingMeans: async (losses, first, last) => engine.rollingMeans(losses, first, last),
    fingerprint: async () => engine.fingerprint(),
  };
}
