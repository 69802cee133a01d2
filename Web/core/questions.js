// What views ask of the engine: plain data, so that equal questions are asked once. An answer belongs to the step on show,
// or to the fixed step that the question names.

/** @typedef {import('../engine/messages.js').Look} Look */
/** @typedef {import('../engine/messages.js').GeneratedName} GeneratedName */
/** @typedef {import('../engine/messages.js').NextUpdate} NextUpdate */
/** @typedef {import('../engine/messages.js').WeightOfNext} WeightOfNext */
/** @typedef {import('../engine/messages.js').LetterMap} LetterMap */
/** @typedef {import('../engine/messages.js').LookAt} LookAt */
/** @typedef {import('../engine/messages.js').Merge} Merge */
/** @typedef {import('../engine/messages.js').CellSum} CellSum */
/** @typedef {import('../engine/messages.js').PassBack} PassBack */
/** @typedef {import('../engine/messages.js').Worths} Worths */
/** @typedef {import('../engine/messages.js').HeadTable} HeadTable */

/**
 * The kinds of questions, what each is asked with, and its answer.
 * @typedef {object} Kinds
 * @property {{ of: [text: string], answer: Look }} look
 * @property {{ of: [text: string, temperature: number, topK: number, topP: number], answer: { shares: Float32Array, logs: Float32Array } }} shares of the letter after `text`
 * @property {{ of: [text: string], answer: Float32Array }} averageAttention (head, query, key), over the layers
 * @property {{ of: [text: string, layer: number, head: number, query: number], answer: LookAt[] }} workedOut by key
 * @property {{ of: [text: string, layer: number, query: number], answer: Merge }} merge
 * @property {{ of: [text: string], answer: Float32Array }} pass the last letter's rows, one after another
 * @property {{ of: [text: string], answer: PassBack }} passBack the gradients of the text's loss
 * @property {{ of: [text: string, row: number, index: number], answer: CellSum }} passCell how a number of a row came about
 * @property {{ of: [text: string, tensor: number, row: number, column: number], answer: CellSum }} passGradient how a weight's gradient came about
 * @property {{ of: [first: number, count: number, seed: number, temperature: number, prefix: string, off: string, topK?: number, topP?: number], answer: GeneratedName[] }} names
 * @property {{ of: [count: number, seed: number, temperature: number, off: string], answer: GeneratedName[] }} manyNames the same, in small portions
 * @property {{ of: [text: string], answer: { text: string, distance: number } }} nearest name of the list
 * @property {{ of: [tensor: number], answer: Float32Array }} tensor row-major
 * @property {{ of: [], answer: LetterMap | null }} letterMap
 * @property {{ of: [token: number], answer: { token: number, cosine: number }[] }} nearestLetters
 * @property {{ of: [], answer: NextUpdate }} next the update after the step on show
 * @property {{ of: [tensor: number, row: number, column: number], answer: WeightOfNext }} weightOfNext
 * @property {{ of: [], answer: number }} heldOutLoss nats per prediction
 * @property {{ of: [], answer: { step: number, loss: number, error: number } }} heldOutError the same with its standard error, nats
 * @property {{ of: [off: string], answer: number }} lossOff nats per prediction, held-out names, parts switched off
 * @property {{ of: [], answer: Worths }} worths what heads, layers and all heads are worth
 * @property {{ of: [count: number], answer: HeadTable }} headTable what each head does over the first `count` names (0: all)
 * @property {{ of: [], answer: { layer: number, head: number, worth: number } }} bestHead the head worth most
 */

/**
 * @template {keyof Kinds} K
 * @typedef {object} Question
 * @property {K} kind
 * @property {Kinds[K]['of']} of
 * @property {number | null} at the step it is about; null: the step on show
 * @property {string} key equal for equal questions
 */

/** @typedef {{ [K in keyof Kinds]: Question<K> }[keyof Kinds]} AnyQuestion */
/** @typedef {ReadonlyMap<string, unknown>} Answers by key */

/** Kinds that take more than a few milliseconds: asked only of a step that stays. @type {ReadonlySet<string>} */
const PATIENT = new Set(['manyNames', 'heldOutLoss', 'heldOutError', 'lossOff', 'bestHead', 'worths', 'headTable']);
/** Kinds whose answers are read, not watched: asked twice a second while training runs. @type {ReadonlySet<string>} */
const CALM = new Set(['names', 'next', 'weightOfNext', 'nearestLetters', 'nearest', 'workedOut', 'passCell', 'passGradient']);

/**
 * @template {keyof Kinds} K
 * @param {K} kind @param {Kinds[K]['of']} of @param {number | null} [at] @returns {Question<K>}
 */
export function question(kind, of, at = null) {
  return { kind, of, at, key: JSON.stringify([kind, at, ...of]) };
}

/**
 * The latest answer, or undefined if there is none yet.
 * @template {keyof Kinds} K
 * @param {{ answers: Answers, fixedAnswers: Answers }} state @param {Question<K>} asked @returns {Kinds[K]['answer'] | undefined}
 */
export function answerTo(state, asked) {
  return /** @type {Kinds[K]['answer'] | undefined} */ ((asked.at === null ? state.answers : state.fixedAnswers).get(asked.key));
}

/** @param {AnyQuestion} asked */
export const isPatient = (asked) => PATIENT.has(asked.kind);
/** @param {AnyQuestion} asked */
export const isCalm = (asked) => CALM.has(asked.kind);
