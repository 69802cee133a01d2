// Where the weights of the lab's model stand in a block, restated: tensors that multiply positions turned, (in, out), but for
// fc1; q, k and v of a layer side by side, rows padded to 16.
const [V, C, T, F] = [27, 32, 18, 128];
const PADDED_V = 32;
const LAYER = 4 * C * C + 2 * C * F;

/** Floats of a block, padding included. */
export const BLOCK = (V + T) * C + C * PADDED_V + 2 * LAYER;

/** @param {number} tensor its place in the table @param {number} row @param {number} column @returns {number} */
export function placeIn(tensor, row, column) {
  if (tensor < 2) return (tensor * V + row) * C + column;
  const head = (V + T) * C;
  if (tensor === 2) return head + column * PADDED_V + row;
  const layer = head + C * PADDED_V + Math.floor((tensor - 3) / 6) * LAYER;
  const part = (tensor - 3) % 6;
  if (part < 3) return layer + column * 3 * C + part * C + row;
  if (part === 4) return layer + 4 * C * C + row * C + column;
  return layer + (part === 3 ? 3 * C * C : 4 * C * C + F * C) + column * C + row;
}

/** A tensor's numbers, row after row. @param {ArrayLike<number>} block @param {number} tensor @param {{ rows: number, columns: number }} shape */
export const tensorIn = (block, tensor, { rows, columns }) => Array.from(
  { length: rows * columns }, (_, index) => block[placeIn(tensor, Math.floor(index / columns), index % columns)]);
