// The text that is fed in: typed, suggested, or the name on show.

import { readName } from '../../core/state.js';
import { textProblem, typedText } from '../../core/texts.js';
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
  const suggestions = SUGGESTIONS.map((text) => button(text, () => actions.feed(text)));
  part(root, 'suggestions').append(...suggestions, back);
  /** Of the model. @type {readonly string[]} */
  let letters = [];
  input.addEventListener('input', () => actions.feed(typedText(input.value, letters)));
  // While it is typed the text stays as it was typed.
  input.addEventListener('blur', actions.redraw);
  const isNew = changes();
  return {
    root,
    draw(state) {
      if (state.shape === null || !isNew(state.text, state.textProblem, state.name, state.shape, document.activeElement === input)) return;
      const { shape } = state;
      letters = shape.letters;
      suggestions.forEach((one, index) => {
        one.hidden = textProblem(SUGGESTIONS[index] ?? '', letters, shape.blockSize - 1) !== '';
      });
      if (document.activeElement !== input || typedText(input.value, letters) !== state.text) input.value = state.text;
      input.placeholder = readName(state);
      setText(problem, state.textProblem);
      setAttribute(input, 'aria-invalid', String(state.textProblem !== ''));
      back.hidden = state.text === '';
      setText(used, state.text === ''
        ? nextWords.usesName(readName(state)) : frameWords.lettersUsed(Array.from(state.text).length, state.shape.blockSize - 1));
    },
  };
}
