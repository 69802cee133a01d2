// Sentences that code writes in part 6.

import { writtenEnding } from '../core/endings.js';
import { formatCount, formatShare, formatSigned } from '../core/numbers.js';

/** @typedef {import('../engine/messages.js').HeadRow} HeadRow */
/** @typedef {import('../engine/messages.js').LeanName} LeanName */
/** @typedef {import('../engine/messages.js').MeasureName} MeasureName */

/** @type {Readonly<Record<LeanName, string>>} */
const LEAN_WORDS = Object.freeze({
  start: 'start', before: 'letter before', itself: 'itself', repeats: 'repeats', vowels: 'vowels', consonants: 'consonants',
});

export const headsWords = Object.freeze({
  /** @param {number} layer */
  layer: (layer) => `layer ${layer + 1}`,
  mlps: 'MLP',
  /** @param {number} layer */
  mlp: (layer) => `MLP ${layer + 1}`,
  /** @param {string} name */
  head: (name) => `head ${name}`,
  allOff: 'All heads off',
  allOn: 'All on',
  columns: Object.freeze(['all on', 'as switched']),
  /** @param {number} count */
  pauseToCount: (count) => `Pause to roll ${formatCount(count)} names each way and count.`,
  /** @param {number} count */
  counting: (count) => `Rolling ${formatCount(count)} names …`,
  /** @param {string} ending @param {number} count @param {number} share @param {number} loss */
  allOnNow: (ending, count, share, loss) =>
    `Everything is on. Of ${formatCount(count)} names in ${writtenEnding(ending)}: ${formatShare(share)} · loss on held-back names ${loss.toFixed(3)}`,
  /** @param {string} parts */
  off: (parts) => `off: ${parts}`,
  /** @param {number} loss */
  loss: (loss) => loss.toFixed(3),

  worthColumns: Object.freeze(['off', 'worth in nats']),
  /** @param {number} heads */
  all: (heads) => `all ${heads} heads`,
  singly: 'singly they add up to',
  /** @param {number} worth */
  worth: (worth) => formatSigned(worth, 3),
  /** @param {number} step @param {string} best @param {number} worth @param {number} all @param {number} singly */
  worths: (step, best, worth, all, singly) =>
    `Step ${formatCount(step)}: ${worth > 0 ? `head ${best} is worth most, ${formatSigned(worth, 3)}` : 'no head alone helps yet'}. All heads together: ${formatSigned(all, 3)}; what they are worth singly adds up to ${formatSigned(singly, 3)}.`,
  pauseToMeasure: 'Pause to measure.',
  /** @param {number} step */
  measuredAt: (step) => `Measured at step ${formatCount(step)}. Pause to measure again.`,
  measuring: 'Measuring …',

  /** Headings of the table, by what they sort. @type {Readonly<Record<MeasureName, string>>} */
  measures: Object.freeze({
    start: 'start', before: 'letter before', itself: 'itself', vowels: 'vowels', repeats: 'repeats', spread: 'spread', entropy: 'spread in bits',
  }),
  headColumn: 'head',
  worthColumn: 'worth',
  leanColumn: 'leans to',
  rows: 'Rows',
  each: 'each head',
  pooled: 'averaged over the layers',
  names: 'Names',
  /** @param {number} count */
  first: (count) => `${formatCount(count)} names`,
  /** @param {number} count */
  everyName: (count) => `all ${formatCount(count)}`,
  /** @param {HeadRow} row */
  lean: ({ lean, isMostly }) => (lean === null ? 'no clear lean' : `${isMostly ? 'mostly ' : ''}${LEAN_WORDS[lean]}`),
  /** @param {number} value */
  value: (value) => (Number.isNaN(value) ? '–' : value.toFixed(2)),
  /** @param {number} ratio */
  times: (ratio) => (Number.isNaN(ratio) ? '' : `${ratio.toFixed(1)}×`),
  detailColumns: Object.freeze(['measure', 'all names', 'chance', '1st half', '2nd half']),
  /** @param {string} name */
  detail: (name) => `Head ${name} in full`,
  /** @param {number} names @param {number} vowelRate @param {number} leaning @param {number} rows */
  tableSays: (names, vowelRate, leaning, rows) =>
    `${formatCount(names)} names${Number.isNaN(vowelRate) ? '' : `, ${formatShare(vowelRate)} of their letters vowels`}. ${leaning} of ${rows} rows lean to something clearly.`,

  quantity: 'Line',
  overTimeColumn: 'step',
  /** @param {number} step @param {readonly string[]} values */
  atStep: (step, values) => `Step ${formatCount(step)}: ${values.join(', ')}`,
  overTimeWaits: 'Train it: a line needs two of the marked steps.',
  overTimePauses: 'Pause to measure the steps reached.',

  /** @param {number} steps */
  trainEight: (steps) => `Train eight seeds to step ${formatCount(steps)}`,
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
  seedColumns: Object.freeze(['seed', 'best head', 'all heads', 'loss, held back', 'start', 'before', 'itself', 'repeats', 'vowels', 'consonants', 'none']),
  /** @param {number} seed @param {number} step @param {number} done */
  training: (seed, step, done) => `Training seed ${seed}: step ${formatCount(step)}. ${done} of 8 measured.`,
  /** @param {number} done */
  paused: (done) => `Paused; ${done} of 8 measured.`,
  seedsFailed: 'The second trainer stopped. Start again.',
  seedsIdle: 'Nothing trained yet. Your own run goes on meanwhile.',
  /** @param {number} steps */
  seedsDone: (steps) => `Eight seeds at step ${formatCount(steps)}.`,
  /** @param {string} best @param {number} worth */
  best: (best, worth) => `${best} ${formatSigned(worth, 3)}`,
  broken: 'broke',
  /** @param {string} what @param {number} count */
  inSome: (what, count) => `${what}: ${count} of 8`,
  together: 'all heads together are worth more than singly added up',
  firstLayer: 'the first layer’s heads are worth more than the last layer’s',
  pairs: 'the held-back loss is below that of letter pairs',
  /** @param {LeanName} lean */
  someLean: (lean) => `a head leans to ${LEAN_WORDS[lean]}`,
  someNone: 'a head has no clear lean',
  bestFirst: 'the best head is in the first layer',
  /** @param {readonly [number, number]} best @param {readonly [number, number]} all @param {readonly [number, number]} loss */
  ranges: (best, all, loss) =>
    `Best head ${formatSigned(best[0], 3)} to ${formatSigned(best[1], 3)} · all heads ${formatSigned(all[0], 3)} to ${formatSigned(all[1], 3)} · loss ${loss[0].toFixed(3)} to ${loss[1].toFixed(3)}`,
});
