// What page and trainer tell each other. Every message belongs to a run.

/** @typedef {import('../core/settings.js').Settings} Settings */

/**
 * @typedef {{ kind: 'start', run: number, names: Uint8Array, settings: Settings }
 *   | { kind: 'trainTo', run: number, step: number }
 *   | { kind: 'visit', run: number, step: number }
 *   | { kind: 'received', run: number }} ToTrainer
 */

/**
 * @typedef {{ kind: 'ready', run: number, shape: Shape }
 *   | { kind: 'state', run: number, step: number, weights: Float32Array, fingerprint: string, firstLoss: number,
 *       losses: Float64Array, readings: { step: number, loss: number }[] }
 *   | { kind: 'age', run: number, step: number, weights: Float32Array }
 *   | { kind: 'broken', run: number, step: number }
 *   | { kind: 'failed', run: number, detail: string }} FromTrainer
 */

/**
 * @typedef {object} Shape what the engine says of a run
 * @property {number} nLayer
 * @property {number} nEmbd
 * @property {number} nHead
 * @property {number} blockSize
 * @property {number} vocabSize
 * @property {number} mlpRatio
 * @property {number} parameters
 * @property {number} training names to train on
 * @property {number} heldOut names held out
 * @property {string[]} letters of the vocabulary, by token id; BOS comes after them
 * @property {{ uniform: number, unigram: number, bigram: number, trigram: number, fourgram: number }} baselines nats
 */

/** @typedef {{ text: string, ended: boolean, known: boolean, heldOut: boolean }} GeneratedName */

/**
 * @typedef {object} Look the model's view of a text
 * @property {string} text
 * @property {Float32Array} probabilities (T, V)
 * @property {Float64Array} losses nats: one per letter, then END
 * @property {Float32Array[]} attention by layer: (head, query, key)
 * @property {number} positions BOS and letters
 */

export {};
