// Which of some numbers is the largest: to point at it.

/** The place of the largest, the first of equals. @param {ArrayLike<number>} values @returns {number} */
export function largestPlace(values) {
  let best = 0;
  for (let index = 1; index < values.length; index += 1) if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best;
}
