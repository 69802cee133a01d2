// The next letter: a bar for each outcome, the most probable first, for the name that is fed in.

import { formatShare } from '../core/numbers.js';
import { words } from '../core/words.js';
import { element, find, setText } from './elements.js';

/** @typedef {import('../core/state.js').State} State */

/** @param {HTMLElement} root @param {{ text(text: string): void }} actions @returns {(state: State, calm: State) => void} */
export function nextLetterView(root, actions) {
  const input = /** @type {HTMLInputElement} */ (find(root, 'input'));
  const used = find(root, '[data-part=used]');
  const problem = find(root, '[data-part=problem]');
  const title = find(root, '[data-part=title]');
  const list = find(root, 'ol');
  input.addEventListener('input', () => actions.text(input.value));

  /** @type {unknown} */
  let drawn = null;
  return (state, { look }) => {
    const { shape } = state;
    if (document.activeElement !== input && input.value !== state.text) input.value = state.text;
    setText(problem, state.textProblem);
    input.setAttribute('aria-invalid', String(state.textProblem !== ''));
    if (shape === null) return;
    setText(used, words.lettersUsed(Array.from(state.text).length, shape.blockSize - 1));
    if (look === null || look === drawn) return;
    drawn = look;
    setText(title, words.nextTitle(look.text));
    const outcomes = Array.from(look.probabilities.subarray((look.positions - 1) * shape.vocabSize))
      .map((share, token) => ({ share, letter: shape.letters[token] ?? words.end }))
      .sort((a, b) => b.share - a.share);
    // Rows are kept and refilled, so that nothing is laid out anew while training runs.
    while (list.children.length < outcomes.length) {
      list.append(element('li', {}, [element('b'), element('span', { class: 'bar' }), element('span', { class: 'share' })]));
    }
    while (list.children.length > outcomes.length) list.lastChild?.remove();
    outcomes.forEach(({ share, letter }, index) => {
      const [label, bar, number] = /** @type {[HTMLElement, HTMLElement, HTMLElement]} */ (
        /** @type {unknown} */ (Array.from(list.children[index]?.children ?? [])));
      setText(label, letter);
      bar.style.setProperty('--share', String(share));
      setText(number, formatShare(share));
    });
  };
}
