// Terms and their meanings, to open where a term is used again.

/**
 * @typedef {object} Term
 * @property {string} word as its definition has it
 * @property {RegExp} pattern its forms in a text
 * @property {string} meaning
 */

/** @param {string} word @param {string} meaning @param {string} [plural] @returns {Term} */
const glossaryTerm = (word, meaning, plural = `${word}s`) => ({ word, pattern: new RegExp(`\\b(?:${word}|${plural})\\b`, 'i'), meaning });

/** @type {readonly Term[]} */
export const glossary = Object.freeze([
  glossaryTerm('loss', 'How wrong a prediction was: −ln of the chance that the right letter got.', 'losses'),
  glossaryTerm('nat', 'The unit of the loss. One nat more: the chance was 2.7 times smaller.'),
  glossaryTerm('token', 'What the model reads and predicts: a letter, or the edge of a name.'),
  glossaryTerm('embedding', 'A token’s or a position’s own row of learned numbers.'),
  glossaryTerm('weight', 'One learned number of the model. Training changes it, nothing else does.'),
  glossaryTerm('gradient', 'For one weight: how steeply the loss rises if it grows a little.'),
  glossaryTerm('head', 'One of the model’s ways of looking back, with queries, keys and values of its own.'),
  glossaryTerm('attention', 'The shares of 100 % that a head gives to the letters so far.'),
  glossaryTerm('softmax', 'Turns scores into shares of 100 %: e to each score, divided by the sum of all.'),
  glossaryTerm('temperature', 'What scores are divided by before the dice. Low helps favourites, high helps outsiders.'),
  glossaryTerm('layer', 'A block of heads and an MLP. Layers follow each other, each adds to what a letter carries.'),
  glossaryTerm('residual stream', 'The row of numbers that a letter carries through the model; every part adds to it.'),
  glossaryTerm('overfitting', 'Getting better on the names that are shown, worse on those held back: learning by heart.', 'overfits'),
  glossaryTerm('held-back', 'Kept from training, to measure on. The field says “held out”.', 'held back'),
  glossaryTerm('cosine', 'How alike the directions of two rows are: 1 the same, 0 unrelated, −1 opposite.'),
]);
