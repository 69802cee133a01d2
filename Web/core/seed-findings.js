// What eight seeds have in common: counted over their measured results.

/** @typedef {import('../engine/messages.js').HeadTable} HeadTable */
/** @typedef {import('../engine/messages.js').LeanName} LeanName */
/** @typedef {import('../engine/messages.js').Worths} Worths */
/** @typedef {{ worths: Worths, table: HeadTable, loss: number, bigram: number }} MeasuredSeed bigram: the loss of letter pairs on the same names */

/** @type {readonly LeanName[]} */
export const LEAN_COLUMNS = Object.freeze(['start', 'before', 'itself', 'repeats', 'vowels', 'consonants']);

/** How many heads lean to something; null: to nothing clearly. @param {MeasuredSeed} seed @param {LeanName | null} lean @returns {number} */
export const leaning = ({ table }, lean) => table.heads.filter((row) => row.lean === lean).length;

/** The head worth most, by place. @param {MeasuredSeed} seed @returns {number} */
export const bestOf = ({ worths }) => worths.heads.indexOf(Math.max(...worths.heads));

/** Least and most. @param {readonly number[]} values @returns {[number, number]} */
export const rangeOf = (values) => [Math.min(...values), Math.max(...values)];

/**
 * Of each finding, in how many seeds it holds.
 * @param {readonly MeasuredSeed[]} seeds @param {number} nHead
 * @returns {{ together: number, firstLayer: number, bestFirst: number, pairs: number, leans: number[], none: number }}
 */
export function findingsOf(seeds, nHead) {
  const count = (/** @type {(seed: MeasuredSeed) => boolean} */ holds) => seeds.filter(holds).length;
  return {
    together: count(({ worths }) => worths.all > worths.singly),
    firstLayer: count(({ worths }) => (worths.layers[0] ?? NaN) > (worths.layers.at(-1) ?? NaN)),
    bestFirst: count((seed) => bestOf(seed) < nHead),
    pairs: count(({ loss, bigram }) => loss < bigram),
    leans: LEAN_COLUMNS.map((lean) => count((seed) => leaning(seed, lean) > 0)),
    none: count((seed) => leaning(seed, null) > 0),
  };
}
