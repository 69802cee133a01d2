// What the lengths of the names show.

/**
 * The shortest run of lengths that holds at least a share of all names; of equally short ones the first.
 * @param {readonly number[]} counts names by length @param {number} share
 * @returns {{ from: number, to: number, count: number, all: number }}
 */
export function bulkOfLengths(counts, share) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  for (let width = 1; width < counts.length; width += 1) {
    for (let from = 0; from + width <= counts.length; from += 1) {
      const count = counts.slice(from, from + width).reduce((sum, one) => sum + one, 0);
      if (count >= share * all) return { from, to: from + width - 1, count, all };
    }
  }
  return { from: 0, to: Math.max(0, counts.length - 1), count: all, all };
}
