// Sentences that code writes in part 2.

import { formatCount, formatSigned } from '../core/numbers.js';
import { frameWords } from './frame.js';

/** Digits of a weight, and of the much smaller numbers that move it. */
const DIGITS = 3;
const FINE_DIGITS = 5;

/** @param {number} value */
const weightText = (value) => formatSigned(value, DIGITS);
/** A number behind a plus sign. @param {number} value */
const added = (value) => (value < 0 ? `(${weightText(value)})` : weightText(value).slice(1));
/** Small positive numbers, such as v. @param {number} value */
const tiny = (value) => (value === 0 ? '0' : value.toExponential(1).replace('e-', ' × 10^−').replace('e+', ' × 10^'));

export const tokensWords = Object.freeze({
  /** @param {import('../engine/messages.js').Shape} shape @param {number} id @param {boolean} [isLast] */
  token: (shape, id, isLast = false) => shape.letters[id] ?? (isLast ? frameWords.end : frameWords.start),

  /** @param {string} letter @param {number} position */
  letterAt: (letter, position) => `${letter}, position ${position}`,
  /** @param {string} letter @param {number} id */
  letterRow: (letter, id) => `wte · row ${letter} (id ${id})`,
  /** @param {number} position */
  positionRow: (position) => `+ wpe · position ${position}`,
  sumRow: '= what enters the model',
  sumPlot: 'Three rows of numbers: letter, position, sum',
  /** @param {number} column @param {number} letter @param {number} position @param {number} sum */
  sumAt: (column, letter, position, sum) => `column ${column}: ${weightText(letter)} + ${added(position)} = ${weightText(sum)}`,
  /** @param {string} letter @param {number} position @param {string} at */
  sum: (letter, position, at) => `${letter} at position ${position}; ${at}.`,

  /** @param {string} tensor */
  tablePlot: (tensor) => `Weights of ${tensor}`,
  tableHint: 'Point at a cell, or use the arrow keys.',
  /** @param {string} tensor @param {string} row @param {number} column @param {number} value */
  cell: (tensor, row, column, value) => `${tensor} · ${row} · column ${column}: ${formatSigned(value, 2)}`,
  /** @param {string} letter */
  tokenRow: (letter) => `row ${letter}`,
  /** @param {number} position */
  placeRow: (position) => `position ${position}`,
  /**
   * @param {string} tensor @param {string} row @param {{ value: number, column: number }} largest @param {{ value: number, column: number }} smallest
   * @param {readonly string[]} nearest
   */
  row(tensor, row, largest, smallest, nearest) {
    const extremes = `largest ${formatSigned(largest.value, 2)} in column ${largest.column}, smallest ${formatSigned(smallest.value, 2)} in column ${smallest.column}`;
    return `${tensor}, ${row}: ${extremes}${nearest.length === 0 ? '' : `; nearest letters ${nearest.join(', ')}`}.`;
  },

  provenanceHint: 'Where the weight comes from, and where it goes.',
  /** @param {number} first @param {number} step @param {import('../engine/messages.js').WeightOfNext} weight */
  provenance(first, step, { weight, gradient, m, v, change }) {
    const from = step === 0 ? `${weightText(weight)} at step 0` : `${weightText(first)} at step 0, ${weightText(weight)} at step ${formatCount(step)}`;
    const why = `gradient ${gradient === 0 ? '0' : formatSigned(gradient, FINE_DIGITS)}, m ${formatSigned(m, FINE_DIGITS)}, v ${tiny(v)}`;
    return `${from}; the next update changes it by ${formatSigned(change, FINE_DIGITS)} (${why})`;
  },

  mapPlot: 'Map of the letters',
  /** @param {string} letter @param {readonly { letter: string, cosine: number }[]} nearest */
  nearest: (letter, nearest) => `nearest to ${letter}: ${nearest.map((one) => `${one.letter} ${formatSigned(one.cosine, 2)}`).join(', ')}`,
  /** @param {string} letter */
  nearestTitle: (letter) => `Nearest to ${letter}, by cosine`,
  /** @param {number} cosine */
  cosine: (cosine) => formatSigned(cosine, 2),
  /** @param {number} share @param {number} milestone */
  mapShare: (share, milestone) =>
    `Shows ${Math.round(share * 100)} % of the letters’ spread at step ${formatCount(milestone)}, where its directions were chosen.`,
  /** @param {number} share @param {string} nearest */
  map: (share, nearest) => `The map shows ${Math.round(share * 100)} percent of the spread; ${nearest}.`,

  /** @param {number} rows @param {number} columns @param {number} parameters */
  tying(rows, columns, parameters) {
    const saved = rows * columns;
    const share = ((100 * saved) / parameters).toFixed(1);
    return `${formatCount(saved)} of ${formatCount(parameters)} weights, ${share} %`;
  },
});
