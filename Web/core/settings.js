// What a run is made of, beside its names: the engine's own defaults, by the names that the address and the files use.

/**
 * @typedef {object} Settings
 * @property {number} seed 0 to 4,294,967,295
 * @property {number} layers
 * @property {number} width
 * @property {number} heads
 * @property {number} context positions
 * @property {number} mlpRatio
 * @property {number} lr
 * @property {number} beta1
 * @property {number} beta2
 * @property {number} floor
 * @property {number} horizon steps
 * @property {number} initStd
 * @property {number} holdOut share of the names
 * @property {number} batch names a step
 */

/** @type {Readonly<Settings>} */
export const DEFAULT_SETTINGS = Object.freeze({
  seed: 42,
  layers: 2,
  width: 32,
  heads: 4,
  context: 18,
  mlpRatio: 4,
  lr: 0.005,
  beta1: 0.85,
  beta2: 0.99,
  floor: 0.1,
  horizon: 5000,
  initStd: 0.08,
  holdOut: 0.1,
  batch: 1,
});

/** About how many weights a model has: those that grow with its sizes. @param {Settings} settings @returns {number} */
export function aboutWeights({ layers, width, context, mlpRatio }) {
  return layers * (4 + 2 * mlpRatio) * width * width + context * width;
}
