// The name on show: previous, a field to pick or type it, next, and a pause while it changes by itself.

import { textProblem } from '../../core/texts.js';
import { frameWords } from '../../words/frame.js';
import { button, changes, element, setText } from '../elements.js';

/** @typedef {import('../../page/view.js').View} View */

/** Lists of names made so far, for unique ids. */
let nameControls = 0;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {View} */
export function nameControl(root, actions) {
  nameControls += 1;
  const id = `name-on-show-${nameControls}`;
  const options = element('datalist', { id: `${id}-list` });
  const input = element('input', {
    id, type: 'text', list: `${id}-list`, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', 'aria-label': frameWords.nameOnShow,
  });
  const problem = element('span', { class: 'problem' });
  const pause = button(frameWords.pauseNames, () => actions.cycle());
  /** @param {number} by */
  const go = (by) => {
    actions.stopCycling();
    actions.nextName(by);
  };
  root.classList.add('name-control');
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', frameWords.nameOnShow);
  root.append(
    element('label', { for: id, class: 'name-label' }, [frameWords.nameOnShow]),
    button('‹', () => go(-1), { 'aria-label': frameWords.previousName }), input,
    button('›', () => go(1), { 'aria-label': frameWords.nextName }), pause, options, problem);
  input.addEventListener('input', () => {
    const { list, shape } = actions.state();
    if (shape === null) return;
    actions.stopCycling();
    const text = input.value.toLowerCase().trim();
    // A long name of the list is read as far as the model has room.
    const wrong = list.includes(text) ? '' : textProblem(text, shape.letters, shape.blockSize - 1);
    if (wrong !== '' && wrong !== problem.textContent) actions.say(wrong);
    setText(problem, wrong);
    input.setAttribute('aria-invalid', String(wrong !== ''));
    if (wrong === '' && text !== '') actions.show(text);
  });
  // The options are made when they are first needed: they are many.
  input.addEventListener('focus', () => {
    input.select();
    const { list } = actions.state();
    if (options.children.length !== list.length) options.replaceChildren(...list.map((name) => element('option', { value: name })));
  });
  // Left wrong, it shows the name again.
  for (const kind of ['focus', 'blur']) input.addEventListener(kind, () => actions.redraw());
  const isNew = changes();
  return {
    root,
    draw(state) {
      if (!isNew(state.name, state.isCycling, document.activeElement === input)) return;
      if (document.activeElement !== input) {
        input.value = state.name;
        setText(problem, '');
        input.setAttribute('aria-invalid', 'false');
      }
      setText(pause, state.isCycling ? frameWords.pauseNames : frameWords.cycleNames);
    },
  };
}
