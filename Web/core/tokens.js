// Letters, tokens and their tables: which id a letter has, and where a tensor stands in the parameter table.

/** @typedef {import('../engine/messages.js').Shape} Shape */

/** How pictures print the token at the edge of a name. */
export const EDGE_MARK = '▪';

/** The id of the token at the edge of a name. @param {Shape} shape @returns {number} */
export const edgeToken = (shape) => shape.vocabSize - 1;

/** What the model is fed for a name: the edge, then the letters it has room for. @param {string} name @param {Shape} shape @returns {number[]} token ids */
export function inputTokens(name, shape) {
  const ids = Array.from(name, (letter) => shape.letters.indexOf(letter)).filter((id) => id >= 0);
  return [edgeToken(shape), ...ids].slice(0, shape.blockSize);
}

/** How pictures label the tokens, by id. @param {Shape} shape @returns {string[]} */
export const tokenLabels = (shape) => [...shape.letters, EDGE_MARK];

/** The place of a tensor in the parameter table; −1 if there is none. @param {import('../engine/messages.js').Facts} facts @param {string} name @returns {number} */
export const placeOfTensor = (facts, name) => facts.tensors.findIndex((tensor) => tensor.name === name);
