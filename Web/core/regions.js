// The source lines that a box of the pass opens. The build cuts each region out of Sources/TinyGPT, between
// "// region: NAME" and "// end region", and stops where one is missing: Scripts/cut-regions.sh reads this list.

/** A region to a line. */
export const REGIONS = Object.freeze(/** @type {const} */ ([
  'forward',
  'embed',
  'embed-backward',
  'rms-norm',
  'rms-norm-backward',
  'product',
  'sparse-product',
  'sparse-outer-products',
  'weight-gradient',
  'sparse-weight-gradient',
  'attention-layer',
  'attention-backward',
  'attend',
  'attend-by-eights',
  'attend-backward',
  'attend-backward-by-eights',
  'causal-softmax',
  'causal-softmax-backward',
  'mlp-layer',
  'mlp-backward',
  'relu',
  'relu-backward',
  'softmax',
  'softmax-loss-backward',
]));

/** @typedef {typeof REGIONS[number]} RegionName */
/** @typedef {import('./pass.js').PassPart} PassPart */
/** @typedef {{ file: string, first: number, lines: string[] }} SourceLines a region: its file, the number of its first line, its lines */
/** @typedef {Partial<Record<string, SourceLines>>} Sources by region */

/** What computes the numbers of a part. @type {Readonly<Record<PassPart, readonly RegionName[]>>} */
const FORWARD = Object.freeze({
  embedding: ['embed'], stream: ['rms-norm'],
  attentionNorm: ['rms-norm'], q: ['attention-layer', 'product'], k: ['attention-layer', 'product'], v: ['attention-layer', 'product'],
  scores: ['attend-by-eights', 'attend', 'causal-softmax'], attention: ['attend-by-eights', 'causal-softmax'], heads: ['attend-by-eights', 'attend', 'product'],
  streamAfterAttention: ['attention-layer', 'product'], mlpNorm: ['rms-norm'], mlpHidden: ['mlp-layer', 'product'],
  mlpActive: ['relu'], streamAfterMLP: ['mlp-layer', 'sparse-product'], logits: ['forward', 'product'], probabilities: ['softmax'],
});

/** Heads whose channels come in eights, and any others. @type {readonly RegionName[]} */
const HEADS_BACKWARD = Object.freeze(/** @type {const} */ (['attend-backward-by-eights', 'attend-backward']));

/** What computes their gradients. @type {Readonly<Record<PassPart, readonly RegionName[]>>} */
const BACKWARD = Object.freeze({
  embedding: ['embed-backward', 'rms-norm-backward'], stream: ['attention-backward'],
  attentionNorm: ['attention-backward', 'rms-norm-backward'], q: ['attention-backward', ...HEADS_BACKWARD],
  k: ['attention-backward', ...HEADS_BACKWARD], v: ['attention-backward', ...HEADS_BACKWARD],
  scores: [...HEADS_BACKWARD, 'causal-softmax-backward'], attention: HEADS_BACKWARD, heads: ['attention-backward', ...HEADS_BACKWARD],
  streamAfterAttention: ['mlp-backward', 'rms-norm-backward'], mlpNorm: ['mlp-backward', 'rms-norm-backward'], mlpHidden: ['mlp-backward', 'relu-backward'],
  mlpActive: ['mlp-backward', 'relu-backward'], streamAfterMLP: ['mlp-backward', 'attention-backward'], logits: ['softmax-loss-backward'],
  probabilities: ['softmax-loss-backward'],
});

/** The regions of a part; of a table of weights those of the part that it writes. @param {PassPart} part @param {boolean} isBackward @param {boolean} isWeight @returns {readonly RegionName[]} */
export function regionsOf(part, isBackward, isWeight) {
  if (!isBackward) return FORWARD[part];
  if (!isWeight || part === 'embedding') return BACKWARD[part];
  const isOfMLP = part === 'mlpHidden' || part === 'streamAfterMLP';
  return isOfMLP ? ['sparse-weight-gradient', 'sparse-outer-products'] : ['weight-gradient', 'product'];
}
