// The text that is fed in: typed, suggested, or the name on show.

import { readName } from '../../core/state.js';
import { frameWords } from '../../words/frame.js';
import { nextWords } from '../../words/next-letter.js';
import { button, changes, find, part, setAttribute, setText } from '../elements.js';

/** The first is no name of the list; the others begin some. */
const SUGGESTIONS = ['rex', 'stego', 'tyranno'];

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function textFieldView(root, actions) {
  const input = /** @type {HTMLInputElement} */ (find(root, 'input'));
  const used = part(root, 'used');
  const problem = part(root, 'problem');
  const back = button(nextWords.back, () => actions.feed(''));
  part(root, 'suggestions').append(...SUGGESTIONS.map((text) => button(text, () => actions.feed(text))), back);
  input.addEventListener('input', () => actions.feed(input.value.toLowerCase().trim()));
  // While it is typed the text stays as it was typed.
  input.addEventListener('blur', actions.redraw);
  const isNew = changes();
  return {
    root,
    draw(state) {
      if (state.shape === null || !isNew(state.text, state.textProblem, state.name, state.shape, document.activeElement === input)) return;
      if (document.activeElement !== input || input.value.toLowerCase().trim() !== state.text) input.value = state.text;
      input.placeholder = readName(state);
      setText(problem, state.textProblem);
      setAttribute(input, 'aria-invalid', String(state.textProblem !== ''));
      back.hidden = state.text === '';
      setText(used, state.text === ''
        ? nextWords.usesName(readName(state)) : frameWords.lettersUsed(Array.from(state.text).length, state.shape.blockSize - 1));
    },
  };
}
