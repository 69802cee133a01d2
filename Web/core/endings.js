// The ending that is counted where all heads are off.

/** Letters of the ending of names that are not the built-in ones. */
const ENDING_LETTERS = 2;

/** An ending as it is written. @param {string} ending */
export const writtenEnding = (ending) => `-${ending}`;

/** “saurus” for the built-in names, else the ending that most names have; empty where names are too short. @param {{ names: import('./names.js').RunNames, list: readonly string[] }} run @returns {string} */
export function endingOf({ names, list }) {
  if (names.kind !== 'own') return 'saurus';
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of list) {
    const ending = Array.from(name).slice(-ENDING_LETTERS).join('');
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  let best = '';
  for (const [ending, count] of counts) if (count > (counts.get(best) ?? 0)) best = ending;
  return best;
}
