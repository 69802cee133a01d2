// Sentences that code writes in part 1.

import { formatCount, formatLoss, formatShare } from '../core/numbers.js';

/** @param {number} count @param {string} one @param {string} many @returns {string} */
const counted = (count, one, many) => `${formatCount(count)} ${count === 1 ? one : many}`;
/** Examples that a sentence lists. */
const EXAMPLES = 3;

export const patternsWords = Object.freeze({
  /** @param {number} count */
  names: (count) => counted(count, 'name', 'names'),

  firstLettersPlot: 'Names by first letter',
  /** @param {string} letter @param {number} count @param {number} all */
  firstLetter: (letter, count, all) => `${letter} starts ${formatCount(count)} of ${patternsWords.names(all)}, ${formatShare(count / all)}`,
  /** @param {readonly { letter: string, count: number }[]} most */
  commonFirstLetters: (most) => `Most names start with ${most.map(({ letter, count }) => `${letter} (${formatCount(count)})`).join(', ')}.`,

  lengthsPlot: 'Names by number of letters',
  /** @param {number} letters @param {number} count @param {number} all */
  length: (letters, count, all) =>
    `${counted(letters, 'letter', 'letters')}: ${formatCount(count)} of ${patternsWords.names(all)}, ${formatShare(count / all)}`,
  /** @param {string} name @param {string} fact */
  ofName: (name, fact) => `${name}: ${fact}.`,
  /** @param {{ from: number, to: number, count: number, all: number }} bulk */
  bulk: ({ from, to, count, all }) => `${formatShare(count / all)} of the names have ${from} to ${to} letters.`,
  /** @param {readonly string[]} names @param {number} most */
  tooLong(names, most) {
    if (names.length === 0) return `None is longer than the ${most} letters this model has room for.`;
    const examples = names.slice(0, EXAMPLES).join(', ');
    const list = names.length > EXAMPLES ? `${examples} and ${formatCount(names.length - EXAMPLES)} more` : examples;
    return `${counted(names.length, 'is', 'are')} longer than the ${most} letters this model has room for; training cuts them: ${list}.`;
  },

  pairsPlot: 'Counts of letter pairs',
  pairsHint: 'Point at a cell, or use the arrow keys.',
  /** @param {string} before @param {string} after @param {number} count @param {number} all of all that follow `before` */
  pair: (before, after, count, all) =>
    `${before} is followed by ${after} ${formatCount(count)} ${count === 1 ? 'time' : 'times'}`
      + `${all === 0 ? '' : `, ${formatShare(count / all)} of all ${before}`}`,
  /** @param {number} count */
  commonPairsTitle: (count) => `The ${count} most common pairs`,
  /** @param {string} before @param {string} after */
  pairName: (before, after) => `${before} ${after}`,
  /** @param {readonly string[]} pairs from the most common down */
  commonPairs: (pairs) => `The most common pairs: ${pairs.join('; ')}.`,

  /** The rungs, from the bottom of what there is to know. @param {number} outcomes @returns {readonly { name: string, what: string }[]} */
  rungs: (outcomes) => [
    { name: 'blind guess', what: `all ${outcomes} outcomes alike` },
    { name: 'common letters', what: 'how often each letter occurs' },
    { name: 'letter pairs', what: 'what follows the last letter' },
    { name: 'letter triples', what: 'what follows the last two' },
    { name: 'the model', what: 'may use every letter so far' },
  ],
  /** @param {number} step */
  model: (step) => `the model, step ${formatCount(step)}`,
  /** @param {number} fourgram @param {number} trigram */
  quadruples: (fourgram, trigram) => (fourgram >= trigram
    ? `Counting what follows the last three no longer helps: ${formatLoss(fourgram)}. Most of them are too rare to count.`
    : `Counting what follows the last three gives ${formatLoss(fourgram)}.`),
  /**
   * Where the model stands.
   * @param {number} step @param {number} loss @param {readonly { name: string, loss: number }[]} rungs from high to low
   */
  standing(step, loss, rungs) {
    if (!Number.isFinite(loss)) return 'No names are held back, so there is nothing to measure the model on.';
    const beaten = rungs.findLast((rung) => loss < rung.loss);
    const next = rungs.find((rung) => loss >= rung.loss);
    const below = beaten === undefined ? '' : `, better than ${beaten.name}`;
    return `step ${formatCount(step)}: ${formatLoss(loss)}${below}${next === undefined ? '' : `; next to beat: ${next.name}, ${formatLoss(next.loss)}`}`;
  },
  /** @param {readonly { name: string, loss: number }[]} rungs */
  ladder: (rungs) => `Loss per letter: ${rungs.map(({ name, loss }) => `${name} ${formatLoss(loss)}`).join(', ')}.`,
  /** @param {number} heldOut @param {number} all */
  heldBack: (heldOut, all) => (heldOut === 0
    ? `In this run none of the ${patternsWords.names(all)} is held back: each is judged with its own counts taken away.`
    : `${formatCount(heldOut)} of the ${patternsWords.names(all)}, drawn by lot, are held back.`),
});
