// The names of a run: the built-in list, its first few, or the reader's own. Own names go into an address only on request.

/** @typedef {{ readonly kind: 'all' | 'first' | 'own', readonly text: string }} RunNames `text`: the reader's own names, one a line; else empty */

/** @type {RunNames} */
export const ALL_NAMES = Object.freeze({ kind: 'all', text: '' });
/** The experiment with few names. @type {RunNames} */
export const FIRST_NAMES = Object.freeze({ kind: 'first', text: '' });
/** Names of that experiment. */
export const FEW_LISTED = 40;
/** Names that the page trains on, at most. */
export const MOST_NAMES = 50000;
/** Bytes of a list that the page reads, at most. */
export const MOST_BYTES = 2_000_000;
/** Letters of own names that an address holds, at most. */
export const MOST_LINKED = 1500;
/** How an address says that only the first names are used. */
const FIRST_IN_ADDRESS = `first${FEW_LISTED}`;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param {string} text the reader's own names @returns {RunNames} */
export const ownNames = (text) => ({ kind: 'own', text });

/** The names as the engine reads them. @param {RunNames} names @param {Uint8Array} builtIn @returns {Uint8Array} UTF-8, one name a line */
export function namesBytes({ kind, text }, builtIn) {
  if (kind === 'own') return encoder.encode(text);
  if (kind === 'all') return builtIn;
  return encoder.encode(linesOf(decoder.decode(builtIn)).slice(0, FEW_LISTED).join('\n'));
}

/** Lines that hold something, without what the engine drops at their ends. @param {string} text @returns {string[]} */
function linesOf(text) {
  return text.split('\n').map((line) => line.replace(/[ \r]+$/, '')).filter((line) => line !== '');
}

/** What an address says of the names: an empty string for the built-in list, null where own names are too many for one. @param {RunNames} names @returns {string | null} */
export function namesInAddress({ kind, text }) {
  if (kind === 'all') return '';
  if (kind === 'first') return FIRST_IN_ADDRESS;
  // No name holds a comma.
  const joined = linesOf(text).join(',');
  if (joined.length > MOST_LINKED) return null;
  return joined === FIRST_IN_ADDRESS ? `${joined},` : joined;
}

/** The names that an address speaks of, or null if it can't be. @param {string | null} value @returns {RunNames | null} */
export function namesOfAddress(value) {
  if (value === null) return ALL_NAMES;
  if (value === FIRST_IN_ADDRESS) return FIRST_NAMES;
  if (value.trim() === '' || value.length > MOST_LINKED + 1) return null;
  return ownNames(value.split(',').filter((name) => name !== '').join('\n'));
}

/** Whether what is wrong with a plan is its names. @param {import('../engine/messages.js').Plan} plan */
export const isAboutNames = ({ problem }) => problem >= 1 && problem <= 5;

/** Whether two runs have the same names. @param {RunNames} a @param {RunNames} b */
export const isSameNames = (a, b) => a.kind === b.kind && a.text === b.text;
