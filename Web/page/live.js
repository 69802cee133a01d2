// The one polite live region: the run's status when it changes, and what an action brought. Nothing per step.

import { brokenAfter } from '../core/state.js';
import { frameWords } from '../words/frame.js';
import { find, setText } from '../views/elements.js';

/** Milliseconds between two statuses. */
const STATUS_PERIOD = 5000;

/** @param {Document} document */
export function createLive(document) {
  const region = find(document, '#live');
  let said = '';
  let since = -Infinity;
  let hasSpoken = false;
  return {
    /** Says what an action brought; a status waits until that was heard. @param {string} text */
    say(text) {
      setText(region, text);
      hasSpoken = true;
    },

    /** Says the status of the run where it changed. @param {import('../core/state.js').State} state @param {number} time milliseconds */
    status(state, time) {
      if (hasSpoken) since = time;
      hasSpoken = false;
      if (state.shape === null || time - since < STATUS_PERIOD) return;
      const sentence = frameWords.status(state.status, brokenAfter(state));
      if (sentence === said) return;
      said = sentence;
      since = time;
      setText(region, sentence);
    },
  };
}
