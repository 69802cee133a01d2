// Sentences that code writes in part 7, and the published numbers of other models.

import { formatCount } from '../core/numbers.js';

/**
 * @typedef {object} OtherModel numbers as its makers published them
 * @property {string} name
 * @property {number} weights
 * @property {string} weightsText
 * @property {number} layers
 * @property {number} width
 * @property {number} heads in each layer
 * @property {number} tokens that it tells apart
 * @property {number} context positions
 * @property {string} data
 */

export const realityWords = Object.freeze({
  /** What is counted, from the smallest on; the first two are within the third, which is within the fourth. */
  codeRows: Object.freeze([
    { key: 'forward', name: 'forward pass', what: 'letters to chances', isDetail: false },
    { key: 'backward', name: 'backward pass', what: 'loss to slopes', isDetail: false },
    { key: 'kernels', name: 'kernels', what: 'products, norms, softmax, Adam', isDetail: true },
    { key: 'engine', name: 'the whole engine', what: 'all of these, names, training, dice', isDetail: false },
    { key: 'analysis', name: 'analysis', what: 'what the figures measure', isDetail: true },
    { key: 'bridge', name: 'bridge', what: 'engine to page', isDetail: true },
    { key: 'page', name: 'this page', what: 'text, figures, controls', isDetail: false },
  ]),
  notCounted: 'Not counted here: this page comes straight from its folder. The built lab has the numbers.',
  codeColumns: Object.freeze(['What', 'Lines of code']),

  ours: 'this lab',
  /** @type {readonly OtherModel[]} */
  others: Object.freeze([
    {
      name: 'GPT-2 small', weights: 124_439_808, weightsText: '124,439,808', layers: 12, width: 768, heads: 12, tokens: 50_257, context: 1024,
      data: '40 GB of web text',
    },
    {
      name: 'Llama 3.1 405B', weights: 405e9, weightsText: '405 billion', layers: 126, width: 16_384, heads: 128, tokens: 128_256, context: 131_072,
      data: '15 trillion tokens',
    },
  ]),
  /** @param {number} names @param {number} letters */
  ourData: (names, letters) => `${formatCount(names)} names, ${formatCount(letters)} letters`,
  scaleRows: Object.freeze(['weights', 'layers', 'width', 'heads in a layer', 'different tokens', 'positions', 'text']),
  /** @param {string} name @param {number} times */
  larger: (name, times) => `${name} has ${formatCount(times)} times the weights of this lab.`,
  /** @param {string} small @param {string} large @param {number} times */
  frame: (small, large, times) => `${small}, the dot, and ${large}: about ${formatCount(times)} to 1`,
});
