// What page, trainer and reader tell each other, and what the engine's answers look like. Every message belongs to a run.

/** @typedef {import('../core/settings.js').Settings} Settings */
/** @typedef {{ step: number, loss: number, shown: number }} Reading losses of held-out names and of as many shown ones, nats per prediction */
/** @typedef {{ step: number, weights: Float32Array }} Unread weights of a step whose losses are to be read */

/**
 * `readerRoom`: bytes of weights that may wait for a reader; where there are more, the trainer reads for itself.
 * @typedef {{ kind: 'start', run: number, names: Uint8Array, settings: Settings, readerRoom: number,
 *       from: { step: number, state: Float32Array, furthest: number } | null }
 *   | { kind: 'trainTo', run: number, step: number }
 *   | { kind: 'visit', run: number, step: number }
 *   | { kind: 'fetch', run: number, step: number }
 *   | { kind: 'received', run: number, unread: number }} ToTrainer unread: how many weights wait for the reader
 */

/**
 * @typedef {{ kind: 'ready', run: number }
 *   | { kind: 'state', run: number, step: number, weights: Float32Array, fingerprint: string, firstLoss: number,
 *       losses: Float64Array, readings: Reading[], unread: Unread[], stepsPerSecond: number }
 *   | { kind: 'weights', run: number, step: number, weights: Float32Array }
 *   | { kind: 'replaying', run: number, from: number, to: number }
 *   | { kind: 'broken', run: number, step: number }
 *   | { kind: 'failed', run: number, detail: string }} FromTrainer
 */

/**
 * `rests`: whether the trainer works meanwhile.
 * @typedef {{ kind: 'start', run: number, names: Uint8Array, settings: Settings }
 *   | { kind: 'read', run: number, unread: Unread }
 *   | { kind: 'rest', run: number, rests: boolean }} ToReader
 */
/** @typedef {{ kind: 'reading', run: number, reading: Reading } | Extract<FromTrainer, { kind: 'failed' }>} FromReader */
/** @typedef {FromTrainer | FromReader} FromWorker */

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

/**
 * @typedef {object} Plan what a run would be
 * @property {number} problem the engine's number of what is wrong with it; 0: nothing
 * @property {readonly number[]} about three numbers about the problem
 * @property {number} names
 * @property {number} letters of the vocabulary, BOS not among them
 * @property {number} cut names that are longer than the model learns from at once
 * @property {number} longest letters of the longest name
 * @property {number} training names to train on
 * @property {number} heldOut names held out
 * @property {number} parameters
 */

/** @typedef {{ name: string, rows: number, columns: number }} TensorShape */

/**
 * @typedef {object} Facts what the names show before any model
 * @property {number} letters of all names together
 * @property {number[]} firstLetters names that start with each letter, by token id
 * @property {number[]} lengths names of each length; index: letters
 * @property {number[]} tooLong places of the names that are longer than the model can learn from at once
 * @property {number[]} pairs (V, V): how often a token is followed by another
 * @property {TensorShape[]} tensors the parameter table
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

/**
 * @typedef {object} LookAt what one head takes from one letter
 * @property {number} score query · key / √headDim
 * @property {number} share
 * @property {number} added length of what it adds to the stream
 * @property {number} value length of the value
 */

/**
 * @typedef {object} Worths by how much the loss rises when parts are off and all others on, nats per prediction, held-out names
 * @property {number[]} heads layer by layer
 * @property {number[]} layers all heads of each layer
 * @property {number} all all heads together
 * @property {number} singly the sum over `heads`
 */

/** @typedef {{ value: number, chance: number, ratio: number }} HeadMeasure ratio: value / chance; not numbers where there is no case */
/** @typedef {'start' | 'before' | 'itself' | 'vowels' | 'entropy' | 'spread' | 'repeats'} MeasureName */
/** @typedef {'start' | 'before' | 'itself' | 'repeats' | 'vowels' | 'consonants'} LeanName */
/** @typedef {Record<MeasureName, HeadMeasure>} HeadMeasures */
/** @typedef {{ lean: LeanName | null, isMostly: boolean, all: HeadMeasures, halves: [HeadMeasures, HeadMeasures] }} HeadRow */
/** @typedef {{ names: number, vowelRate: number, heads: HeadRow[], pooled: HeadRow[] }} HeadTable heads layer by layer; pooled: averaged over the layers, by head index */

/** @typedef {{ heads: Float32Array, added: Float32Array, lengths: Float32Array }} Merge heads side by side (C), what is added to the stream (C), length of what each head adds */

/** @typedef {{ share: number, milestone: number, points: Float64Array }} LetterMap share of the spread that it shows; x and y of each token */

/**
 * @typedef {object} NextUpdate the update after the step on show
 * @property {number} step the state before the update
 * @property {number} place of its name in the list
 * @property {number[]} inputs token ids
 * @property {number[]} targets token ids
 * @property {Float32Array} probabilities (T, V)
 * @property {Float64Array} losses nats, by prediction
 * @property {{ gradient: number, change: number }[]} tensors mean magnitudes, by tensor
 * @property {number} gradient mean magnitude over all weights
 * @property {number} change mean magnitude over all weights
 * @property {number} largestChange
 * @property {number} learningRate
 */

/** @typedef {{ weight: number, gradient: number, m: number, v: number, mAfter: number, vAfter: number, change: number, after: number }} WeightOfNext */

/** @typedef {{ a: number, b: number, product: number, sum: number }} SumTerm one product of a sum, and the sum with it */

/**
 * @typedef {object} CellSum how one number came about, every step rounded to 32 bits
 * @property {number} value
 * @property {number} start what the sum begins with; of a norm the number itself, of a softmax its power of e
 * @property {number} total of the terms
 * @property {number} factor what the total, or the start, is multiplied with
 * @property {number} largest what a softmax takes away from every score
 * @property {SumTerm[]} terms
 */

/** @typedef {{ rows: Float32Array, tensors: Float32Array[] }} PassBack gradients: of the last letter's rows, one after another; of each tensor */

export {};
