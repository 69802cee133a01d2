// What may be said about the run, and notices: sentences in a polite live region.

import { words } from '../core/words.js';
import { setText } from './elements.js';

/** @typedef {import('../core/state.js').State} State */

/** @param {HTMLElement} root @returns {(state: State) => void} */
export function statusView(root) {
  return (state) => setText(root, state.shape === null ? '' : words.status(state.status, state.brokenStep));
}

/** @param {HTMLElement} root @returns {(state: State) => void} */
export function noticeView(root) {
  return (state) => {
    root.hidden = state.notice === '';
    setText(root, state.notice);
  };
}

/** The fingerprint of the state on show. @param {HTMLElement} root @returns {(state: State, calm: State) => void} */
export function footerView(root) {
  return (_, calm) => {
    if (calm.shape !== null && calm.fingerprint !== '') {
      setText(root, words.footer(calm.fingerprint, calm.shape.parameters, calm.step));
    }
  };
}
