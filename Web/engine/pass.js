// What the engine says of the last letter's way through the model.

/** @typedef {import('./messages.js').CellSum} CellSum */

/**
 * @param {import('./memory.js').EngineMemory} memory
 * @param {{ vocabSize: number, nLayer: number, nHead: number, nEmbd: number, mlpWidth: number, tensors: import('./messages.js').TensorShape[] }} sizes of the run
 */
export function lookingAtPass({ ask, doubles, floats, lendText }, sizes) {
  /** @param {number} at @returns {CellSum} */
  function cellSum(at) {
    const [value = 0, start = 0, total = 0, factor = 0, largest = 0, count = 0] = doubles(at, 6);
    const numbers = doubles(at + 48, 4 * count);
    const terms = Array.from({ length: count }, (_, term) => {
      const [a = 0, b = 0, product = 0, sum = 0] = numbers.subarray(4 * term, 4 * term + 4);
      return { a, b, product, sum };
    });
    return { value, start, total, factor, largest, terms };
  }
  return {
    /** A look with gradients. @param {string} text @returns {number} positions */
    lookBack: (text) => lendText(text, (at, count) => ask('lookBack', at, count)),

    /** Of the last look: the rows of the last letter, one after another. @param {number} positions @param {boolean} isBackward @returns {Float32Array} */
    passRows(positions, isBackward) {
      const { vocabSize, nLayer, nHead, nEmbd, mlpWidth } = sizes;
      const count = 2 * nEmbd + 2 * vocabSize + nLayer * (8 * nEmbd + 2 * mlpWidth + 2 * nHead * positions);
      return floats(ask('passRows', isBackward ? 1 : 0), count).slice();
    },

    /** How a number of a row came about. @param {number} row @param {number} index @returns {CellSum} */
    passCell: (row, index) => cellSum(ask('passCell', row, index)),

    /** The gradients of every tensor; only after `lookBack`. @returns {Float32Array[]} */
    gradients: () => sizes.tensors.map(({ rows, columns }, index) => floats(ask('gradientOfTensor', index), rows * columns).slice()),

    /** How the gradient of a weight came about; only after `lookBack`. @param {number} tensor @param {number} row @param {number} column @returns {CellSum} */
    gradientOfWeight: (tensor, row, column) => cellSum(ask('gradientOfWeight', tensor, row, column)),
  };
}
