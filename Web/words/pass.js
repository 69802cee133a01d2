// Sentences that code writes in part 4.

import { formatShare, formatSigned } from '../core/numbers.js';
import { formatSingle } from '../core/pass.js';

/** @typedef {import('../core/pass.js').PassPart} PassPart */

/** What a row of numbers is called in formulas. @type {Readonly<Record<PassPart, string>>} */
const SYMBOLS = Object.freeze({
  embedding: 'sum', stream: 'x', attentionNorm: 'n', q: 'q', k: 'k', v: 'v', scores: 'scores', attention: 'shares', heads: 'heads',
  streamAfterAttention: 'x', mlpNorm: 'n', mlpHidden: 'h', mlpActive: 'r', streamAfterMLP: 'x', logits: 'z', probabilities: 'p',
});

/** What it is. @type {Readonly<Record<PassPart, string>>} */
const ROLES = Object.freeze({
  embedding: 'sum of two rows', stream: 'norm: the stream begins', attentionNorm: 'norm', q: 'query', k: 'key', v: 'value',
  scores: 'scores', attention: 'softmax: shares', heads: 'what the heads fetched', streamAfterAttention: 'stream + attention',
  mlpNorm: 'norm', mlpHidden: 'hidden', mlpActive: 'ReLU', streamAfterMLP: 'stream + MLP', logits: 'scores of letters',
  probabilities: 'softmax: chances',
});

export const passWords = Object.freeze({
  values: 'values',
  gradients: 'gradients',
  box: 'Box',
  plot: 'The pass, box by box',
  code: 'Code',
  closeCode: 'Close the code',
  noCode: 'The source lines did not load.',
  toWeight: 'To the weight',
  toA: 'To the first factor',
  toB: 'To the second factor',
  toNumber: 'To the number it came from',
  back: 'Back',
  role: (/** @type {PassPart} */ part) => ROLES[part],
  symbol: (/** @type {PassPart} */ part) => SYMBOLS[part],
  layer: (/** @type {number} */ layer) => `Layer ${layer + 1}`,
  /** The short name of a table. @param {string} name as in files */
  table: (name) => name.replace(/^layer\d+\.(?:attn|mlp)_/, ''),
  /** @param {string} name of a table or row @param {number | null} layer */
  inLayer: (name, layer) => (layer === null ? name : `${layer + 1} · ${name}`),
  /** @param {readonly number[]} sizes */
  shape: (sizes) => sizes.join(' × '),
  wte: (/** @type {string} */ letter) => `wte: row ${letter}`,
  wpe: (/** @type {number} */ position) => `wpe: row ${position}`,

  /** How a row is made. @param {PassPart} part @param {{ token: string, position: number, headDim: number }} of @returns {string} */
  formula(part, { token, position, headDim }) {
    return {
      embedding: `sum = wte[${token}] + wpe[${position}]`,
      stream: 'x = sum ÷ √(mean(sum²) + 0.00001)', attentionNorm: 'n = x ÷ √(mean(x²) + 0.00001)', mlpNorm: 'n = x ÷ √(mean(x²) + 0.00001)',
      q: 'q = wq · n', k: 'k = wk · n', v: 'v = wv · n',
      scores: `score of a letter = its k · q ÷ √${headDim}`, attention: 'share = e^(score − max) ÷ Σ',
      heads: 'heads = Σ share × v of each letter', streamAfterAttention: 'x = x + wo · heads', mlpHidden: 'h = fc1 · n', mlpActive: 'r = max(h, 0)',
      streamAfterMLP: 'x = x + fc2 · r', logits: 'z = lm_head · x', probabilities: 'p = e^(z − max) ÷ Σ',
    }[part];
  },
  /** Where the operand comes from. @param {PassPart | null} part */
  reads: (part) => (part === null ? 'Reads: the letter and its place.' : `Reads: ${SYMBOLS[part]}, ${ROLES[part]}.`),
  /** @param {string} symbol @param {readonly (string | number)[]} at */
  at: (symbol, at) => `${symbol}[${at.join(', ')}]`,
  /** A number and its sum. @param {string} name @param {number} value */
  cell: (name, value) => `${name} = ${formatSingle(value)}`,
  /** @param {string} name @param {number} value */
  gradient: (name, value) => `slope of the loss along ${name}: ${formatSingle(value)}`,
  /** @param {string} name @param {number} value @param {string} letter */
  unused: (name, value, letter) => `${name} = ${formatSingle(value)}: not read for ${letter}`,
  /** @param {string} weight @param {number} value @param {string} result @param {number} made */
  weight: (weight, value, result, made) => `${weight} = ${formatSingle(value)}, a term of ${result} = ${formatSingle(made)}`,
  columns: Object.freeze({
    sum: ['term', 'number', 'sum so far'], product: ['term', 'weight', '× reads', '= product', 'sum so far'], score: ['term', 'k', '× q', '= product', 'sum so far'],
    mix: ['term', 'v', '× share', '= product', 'sum so far'], square: ['term', 'number', 'squared'], power: ['term', 'score', 'e^(score − max)'], cut: ['term', 'h'],
    slope: ['term', 'slope of output', '× read', '= product', 'sum so far'], row: ['term', 'slope of sum', 'sum so far'],
  }),
  /** @param {number} start */
  startsAt: (start) => `begins with x = ${formatSingle(start)}`,
  /** What is done to the sum, and how it is rounded. @param {'sum' | 'product' | 'score' | 'mix' | 'square' | 'power' | 'cut' | 'slope' | 'row'} rule @param {import('../engine/messages.js').CellSum} of */
  rounding(rule, { value, start, total, factor, largest }) {
    const [v, s, t, f] = [value, start, total, factor].map(formatSingle);
    switch (rule) {
      case 'score':
        return `Sum ${t} × ${f}, which is 1 ÷ √d, = ${v}. Each result is rounded to 32 bits.`;
      case 'square':
        return `The squares, in 32 partial sums folded by halves, give ${t}. From their mean: ${s} × ${f} = ${v}. Each result is rounded to 32 bits.`;
      case 'power':
        return `The largest score is ${formatSingle(largest)}, all powers give ${t}. ${s} × ${f}, which is 1 ÷ that, = ${v}. Each result is rounded to 32 bits.`;
      case 'cut':
        return 'Below 0 it becomes 0, else it stays.';
      default:
        return `Each product, then each sum is rounded to 32 bits, in this order. The last sum, ${t}, is ${Object.is(total, value) ? 'the number to the bit' : 'not what the model has'}.`;
    }
  },
  slope: 'A slope is traced back from the loss: the code shows how.',
  edge: 'The loss is worked out from the scores, so no slope passes here.',
  /** @param {string} file @param {number} first @param {number} last */
  lines: (file, first, last) => `${file}, lines ${first} to ${last}`,
  /** @param {string} name @param {string} letter @param {string} next @param {number} share */
  sentence: (name, letter, next, share) => `${name}: ${letter} goes through the model, and ${next} comes out likeliest, ${formatShare(share)}.`,
  tableColumns: Object.freeze(['box', 'shape', 'smallest', 'largest']),
  short: (/** @type {number} */ value) => formatSigned(value, 3),

  /** @param {string} letter @param {number} id */
  token: (letter, id) => `${letter} is ${id}`,
  /** @param {number} width */
  numbers: (width) => `${width} numbers`,
  /** @param {number} heads @param {number} letters */
  looks: (heads, letters) => `${heads} heads, ${letters} letters`,
  /** @param {number} on @param {number} all */
  active: (on, all) => `${on} of ${all} above 0`,
  /** @param {number} count */
  scores: (count) => `${count} scores`,
  /** @param {string} letter @param {number} share */
  next: (letter, share) => `${letter}, ${formatShare(share)}`,
});
