// The letters of the name as buttons of which one is pressed: one tab stop, arrow keys inside.

import { inputTokens } from '../../core/tokens.js';
import { tokensWords } from '../../words/tokens.js';
import { button, changes, fillTo, setText } from '../elements.js';

/** @typedef {import('../../core/state.js').State} State */

/**
 * @param {HTMLElement} group @param {(position: number) => void} choose
 * @returns {(state: State, chosen: number) => void} draws them
 */
export function letterButtons(group, choose) {
  const make = (/** @type {number} */ position) => button('', () => choose(position));
  group.addEventListener('keydown', (event) => {
    const buttons = /** @type {HTMLElement[]} */ (Array.from(group.children));
    const at = buttons.findIndex((one) => one === document.activeElement);
    const goal = /** @type {Record<string, number>} */ ({ ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 })[event.key];
    if (at < 0 || goal === undefined) return;
    event.preventDefault();
    const target = Math.min(buttons.length - 1, Math.max(0, goal));
    choose(target);
    buttons[target]?.focus();
  });
  const isNew = changes();
  return ({ shape, name }, chosen) => {
    if (shape === null || !isNew(shape, name, chosen)) return;
    const tokens = inputTokens(name, shape);
    fillTo(group, tokens.length, make);
    tokens.forEach((id, position) => {
      const one = /** @type {HTMLElement} */ (group.children[position]);
      const letter = tokensWords.token(shape, id);
      setText(one, letter);
      one.setAttribute('aria-label', tokensWords.letterAt(letter, position));
      one.setAttribute('aria-pressed', String(position === chosen));
      one.tabIndex = position === chosen ? 0 : -1;
    });
  };
}
