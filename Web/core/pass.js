// The last letter's way through the model as rows of numbers: which there are, what each reads, and which cells fed a cell.
// The order is the engine's: embedding, stream, twelve rows a layer, logits, probabilities.

/** @typedef {import('../engine/messages.js').Shape} Shape */

/**
 * @typedef {'embedding' | 'stream' | 'attentionNorm' | 'q' | 'k' | 'v' | 'scores' | 'attention' | 'heads' | 'streamAfterAttention'
 *   | 'mlpNorm' | 'mlpHidden' | 'mlpActive' | 'streamAfterMLP' | 'logits' | 'probabilities'} PassPart
 */

/** The rows of a layer. @type {readonly PassPart[]} */
const LAYER_PARTS = Object.freeze([
  'attentionNorm', 'q', 'k', 'v', 'scores', 'attention', 'heads', 'streamAfterAttention', 'mlpNorm', 'mlpHidden', 'mlpActive', 'streamAfterMLP',
]);
/** Tensors before those of the layers, and tensors of a layer: the parameter table. */
const OUTER_TENSORS = 3;
const LAYER_TENSORS = 6;
/** wte, wpe, lm_head. */
const [WTE, WPE, LM_HEAD] = [0, 1, 2];

/**
 * @typedef {object} PassRow
 * @property {number} number
 * @property {PassPart} part
 * @property {number | null} layer
 * @property {number} length
 * @property {number} from where it begins among all numbers of the pass
 * @property {number | null} tensor the table of weights that makes it, by its place in the parameter table
 * @property {number | null} reads the row that it is made from
 * @property {number | null} start the row that its sums begin with
 */

/** The rows of a pass. @param {Shape} shape @param {number} positions START and letters @returns {PassRow[]} */
export function passRows(shape, positions) {
  const { nLayer, nEmbd, nHead, vocabSize, mlpRatio } = shape;
  const last = 1 + nLayer * LAYER_PARTS.length;
  /** @type {PassRow[]} */
  const rows = [];
  /** @param {PassPart} part @param {number | null} layer @param {number} length @param {number | null} reads @param {number | null} [tensor] @param {number | null} [start] */
  function add(part, layer, length, reads, tensor = null, start = null) {
    const before = rows.at(-1);
    rows.push({ number: rows.length, part, layer, length, from: before === undefined ? 0 : before.from + before.length, tensor, reads, start });
  }
  add('embedding', null, nEmbd, null);
  add('stream', null, nEmbd, 0);
  for (let layer = 0; layer < nLayer; layer += 1) {
    const first = rows.length;
    const weights = OUTER_TENSORS + layer * LAYER_TENSORS;
    const input = first - 1;
    add('attentionNorm', layer, nEmbd, input);
    add('q', layer, nEmbd, first, weights);
    add('k', layer, nEmbd, first, weights + 1);
    add('v', layer, nEmbd, first, weights + 2);
    add('scores', layer, nHead * positions, first + 1);
    add('attention', layer, nHead * positions, first + 4);
    add('heads', layer, nEmbd, first + 5);
    add('streamAfterAttention', layer, nEmbd, first + 6, weights + 3, input);
    add('mlpNorm', layer, nEmbd, first + 7);
    add('mlpHidden', layer, mlpRatio * nEmbd, first + 8, weights + 4);
    add('mlpActive', layer, mlpRatio * nEmbd, first + 9);
    add('streamAfterMLP', layer, nEmbd, first + 10, weights + 5, first + 7);
  }
  add('logits', null, vocabSize, last, LM_HEAD);
  add('probabilities', null, vocabSize, last + 1);
  return rows;
}

/** Where a row of a part of a layer stands. @param {readonly PassRow[]} rows @param {PassPart} part @param {number | null} layer @returns {PassRow} */
export function rowOf(rows, part, layer) {
  const found = rows.find((row) => row.part === part && row.layer === layer);
  if (found === undefined) throw new Error(`pass: no ${part}`);
  return found;
}

/** @typedef {{ kind: 'weight', tensor: number, row: number, column: number } | { kind: 'row', number: number, index: number }} PassCell a cell of a table of weights or of a row of numbers */

/**
 * The cell of a row that a weight is a term of, and which term; null where this letter does not use it.
 * @param {readonly PassRow[]} rows @param {{ tensor: number, row: number, column: number }} weight @param {readonly number[]} tokens that the model reads
 * @returns {{ number: number, index: number, term: number } | null}
 */
export function usedBy(rows, { tensor, row, column }, tokens) {
  if (tensor === WTE) return tokens.at(-1) === row ? { number: 0, index: column, term: 0 } : null;
  if (tensor === WPE) return tokens.length - 1 === row ? { number: 0, index: column, term: 1 } : null;
  const target = rows.find((one) => one.tensor === tensor);
  return target === undefined ? null : { number: target.number, index: row, term: column };
}

/**
 * The cells that a term of a number's sum came from; `position` where the number belongs to another letter.
 * @param {readonly PassRow[]} rows @param {Shape} shape @param {readonly number[]} tokens that the model reads
 * @param {number} number of the row @param {number} index in it @param {number} term
 * @returns {{ a: PassCell | null, b: PassCell | null, position: number | null }}
 */
export function feeders(rows, shape, tokens, number, index, term) {
  const row = rows[number];
  if (row === undefined) return { a: null, b: null, position: null };
  const last = tokens.length - 1;
  const headDim = shape.nEmbd / shape.nHead;
  /** @param {number} of @param {number} at @returns {PassCell} */
  const cell = (of, at) => ({ kind: 'row', number: of, index: at });
  const reads = row.reads ?? 0;
  switch (row.part) {
    case 'embedding': {
      const tensor = term === 0 ? WTE : WPE;
      return { a: { kind: 'weight', tensor, row: term === 0 ? tokens[last] ?? 0 : last, column: index }, b: null, position: null };
    }
    case 'scores': {
      const channel = Math.floor(index / tokens.length) * headDim + term;
      const key = index % tokens.length;
      const keys = rowOf(rows, 'k', row.layer).number;
      return { a: key === last ? cell(keys, channel) : null, b: cell(reads, channel), position: key === last ? null : key };
    }
    case 'attention':
      return { a: cell(reads, index - (index % tokens.length) + term), b: null, position: null };
    case 'heads': {
      const values = rowOf(rows, 'v', row.layer).number;
      const share = Math.floor(index / headDim) * tokens.length + term;
      return { a: term === last ? cell(values, index) : null, b: cell(reads, share), position: term === last ? null : term };
    }
    case 'mlpActive':
      return { a: cell(reads, index), b: null, position: null };
    default:
      if (row.tensor === null) return { a: cell(reads, term), b: null, position: null };
      return { a: { kind: 'weight', tensor: row.tensor, row: index, column: term }, b: cell(reads, term), position: null };
  }
}

/** A 32-bit number so that it can be read back to the bit. @param {number} value @returns {string} */
export function formatSingle(value) {
  if (!Number.isFinite(value)) return '–';
  let text = '';
  for (let digits = 6; digits <= 9; digits += 1) {
    text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) break;
  }
  return text.replaceAll('-', '−');
}
