// Where the labels of a chart's lines stand, beside labels that must stay on theirs.

/**
 * Places as near as can be to the wanted ones, at least `gap` from each other and from the places taken.
 * @param {readonly number[]} taken @param {readonly number[]} wanted @param {number} gap @returns {number[]}
 */
export function freePlaces(taken, wanted, gap) {
  const all = taken.slice();
  return wanted.map((wish) => {
    const isFree = (/** @type {number} */ place) => all.every((other) => Math.abs(place - other) >= gap - 1e-6);
    const candidates = [wish, ...all.flatMap((other) => [other - gap, other + gap])].filter(isFree);
    const place = candidates.reduce((best, one) => (Math.abs(one - wish) < Math.abs(best - wish) ? one : best), candidates[0] ?? wish);
    all.push(place);
    return place;
  });
}
