// Sentences that code writes in part 3.

import { formatCount, formatLoss, formatShare } from '../core/numbers.js';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A small number with three digits that count. @param {number} value */
function small(value) {
  if (value === 0) return '0';
  if (Math.abs(value) >= 1e-4) return value.toPrecision(3).replace('-', '−');
  const [digits = '', power = ''] = value.toExponential(2).split('e-');
  return `${digits.replace('-', '−')} · 10⁻${Array.from(power, (digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}
/** A number within a product. @param {number} value */
const operand = (value) => (value < 0 ? `(${small(value)})` : small(value));

export const trainingWords = Object.freeze({
  rungs: Object.freeze({ uniform: 'blind guess', unigram: 'common letters', bigram: 'letter pairs', trigram: 'letter triples' }),
  lines: Object.freeze({ mean: 'last 100 names', heldBack: 'held-back names', gap: 'known by heart' }),
  samples: Object.freeze({ line: '━', dashes: '╍', hatching: '▨' }),
  lossTitle: 'Loss, step by step',
  lossColumns: Object.freeze(['step', 'last 100 names', 'held-back names', 'as many shown names']),
  /** @param {number} step @param {number} own @param {number} mean @param {{ step: number, loss: number } | null} reading */
  lossReadout(step, own, mean, reading) {
    const when = reading === null || reading.step === step ? '' : ` (at ${formatCount(reading.step)})`;
    const held = reading === null ? '' : ` · held-back names ${formatLoss(reading.loss)}${when}`;
    if (step === 0) return `step 0${held}`;
    return `step ${formatCount(step)}: its name ${formatLoss(own)} · last 100 names ${formatLoss(mean)}${held}`;
  },
  /** @param {{ step: number, loss: number, error: number }} heldOut */
  heldOutError: ({ step, loss, error }) =>
    `Other names of the kind would give about as much: ${formatLoss(loss)} ± ${formatLoss(error)} at step ${formatCount(step)}.`,
  /** @param {number} step @param {number} own @param {number} mean @param {{ loss: number, shown: number } | null} reading */
  lossSentence(step, own, mean, reading) {
    const held = reading === null ? '' : ` Held-back names ${formatLoss(reading.loss)}, as many shown names ${formatLoss(reading.shown)}.`;
    if (step === 0) return `Loss at step 0, untrained.${held}`;
    return `Loss at step ${formatCount(step)}: ${formatLoss(mean)} over the last 100 names, ${formatLoss(own)} for its own.${held}`;
  },

  nextBeat: 'Next beat',
  takeStep: 'Take this step',
  runOn: 'Run on',
  pause: 'Pause',
  /** @param {number} step @param {string} name */
  thisName: (step, name) => `This step’s name is ${name}. Taking it makes step ${formatCount(step + 1)}.`,
  /** @param {readonly string[]} shares */
  guessed: (shares) => `Shares of the right letters: ${shares.join(', ')}.`,
  guessColumns: Object.freeze(['after', 'right letter', 'share it got', 'loss', 'favourite']),
  /** @param {string} letter @param {number} share */
  favourite: (letter, share) => `${letter} ${formatShare(share).replace(' ', '\u00a0')}`,
  /** @param {number} loss @param {number} among */
  measured: (loss, among) => `Loss of this name: ${formatLoss(loss)} per letter, as unsure as choosing blindly among ${Math.round(among)}.`,
  /** @param {number} gradient @param {number} weights */
  traced: (gradient, weights) => `${formatCount(weights)} slopes, one a weight. Mean size ${small(gradient)}.`,
  /** @param {number} change @param {number} largest @param {number} rate */
  nudged: (change, largest, rate) =>
    `A weight moves by ${small(change)} on average, ${small(largest)} at most. Learning rate ${small(rate)}.`,
  barValue: small,
  /** @param {number} top */
  barScale: (top) => `bars end at ${small(top)}`,
  weightColumns: Object.freeze(['of this weight', 'value']),
  /** @param {import('../engine/messages.js').WeightOfNext} one */
  weightRows: (one) => /** @type {const} */ ([
    ['gradient g', small(one.gradient)],
    ['m: mean of gradients', `${small(one.m)} → ${small(one.mAfter)}`],
    ['v: mean of squares', `${small(one.v)} → ${small(one.vAfter)}`],
    ['change', `−a · ${operand(one.mAfter)} ÷ (√${small(one.vAfter)} + ε) = ${small(one.change)}`],
    ['weight', `${small(one.weight)} → ${small(one.after)}`],
  ]),

  /** @param {number} step */
  panelStep: (step) => (step === 0 ? 'untrained (step 0)' : `step ${formatCount(step)}`),
  panelNow: 'now (follows the page)',
  pin: 'Pin this step',
  /** @param {string} panel */
  panelShows: (panel) => `${panel} shows`,
  /** @param {number | undefined} loss */
  panelLoss: (loss) => `loss on held-back names ${loss === undefined ? '–' : formatLoss(loss)}`,
  /** @param {number} step */
  notReached: (step) => `Step ${formatCount(step)} is not reached yet.`,
  waitToCount: 'Pause to roll 1,000.',
  rolling: 'Rolling 1,000 …',
  noLetters: '(no letters)',
  /** @param {string} name */
  nearest: (name) => `nearest: ${name}`,
  /** @param {{ shape: string, word: string }} label @param {number} count */
  counted: (label, count) => `${label.shape} ${label.word}: ${formatCount(count)}`,
  /** @param {string} panel @param {string} names */
  rolled: (panel, names) => `${panel}: ${names}.`,
});
