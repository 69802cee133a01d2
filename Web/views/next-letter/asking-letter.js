// Which letter asks, shared by arcs, map, table and merge: the last one until the reader picks another.

import { fedText } from '../../core/state.js';
import { EDGE_MARK } from '../../core/tokens.js';
import { frameWords } from '../../words/frame.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {ReturnType<typeof createAskingLetter>} AskingLetter */

/** @param {() => void} redraw */
export function createAskingLetter(redraw) {
  /** @type {number | null} */
  let place = null;
  let text = '';
  /** START and the letters. @param {State} state */
  const labels = (state) => [frameWords.start, ...fedText(state)];
  return {
    labels,
    /** The place of the letter that asks, START first. @param {State} state @returns {number} */
    of(state) {
      const now = fedText(state);
      if (now !== text) {
        text = now;
        place = null;
      }
      return place === null ? labels(state).length - 1 : Math.min(place, labels(state).length - 1);
    },
    /** @param {number} chosen */
    choose(chosen) {
      place = chosen;
      redraw();
    },
  };
}

/** A letter as a picture shows it. @param {string} label @returns {string} */
export function markOf(label) {
  return label === frameWords.start ? EDGE_MARK : label;
}
