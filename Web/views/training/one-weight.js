// One weight in the step that comes next: what Adam knows of it, and where it goes.

import { answerTo, question } from '../../core/questions.js';
import { trainingWords } from '../../words/training.js';
import { changes, element, fillTo, find, part, setText, setValue } from '../elements.js';
import { figureFoot } from '../figure.js';

/** Which of the rows is the formula. */
const FORMULA = 3;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function oneWeightView(root, actions) {
  const tensor = /** @type {HTMLSelectElement} */ (find(root, 'select'));
  const row = /** @type {HTMLInputElement} */ (part(root, 'row'));
  const column = /** @type {HTMLInputElement} */ (part(root, 'column'));
  const list = find(root, 'dl');
  for (const control of [tensor, row, column]) control.addEventListener('input', () => actions.redraw());

  /** The weight that is chosen, within its tensor. @param {import('../../core/state.js').State} state */
  function chosen(state) {
    const index = Math.max(0, tensor.selectedIndex);
    const shape = state.facts?.tensors[index];
    const within = (/** @type {HTMLInputElement} */ input, /** @type {number} */ count) =>
      Math.min(count, Math.max(1, Math.round(input.valueAsNumber) || 1)) - 1;
    return question('weightOfNext', [index, within(row, shape?.rows ?? 1), within(column, shape?.columns ?? 1)]);
  }
  const drawFoot = figureFoot(root, {
    actions,
    table(state) {
      const one = answerTo(state, chosen(state));
      return one === undefined ? null : { columns: trainingWords.weightColumns, rows: trainingWords.weightRows(one) };
    },
  });
  const isOther = changes();
  return {
    root,
    asks: (state) => (state.facts === null ? [] : [chosen(state)]),
    draw(state, calm) {
      if (state.facts === null) return;
      if (isOther(state.facts)) tensor.replaceChildren(...state.facts.tensors.map(({ name, rows, columns }) => element('option', {}, [`${name} (${rows} × ${columns})`])));
      drawFoot(calm);
      const shape = state.facts.tensors[Math.max(0, tensor.selectedIndex)];
      row.max = String(shape?.rows ?? 1);
      column.max = String(shape?.columns ?? 1);
      const [, atRow, atColumn] = chosen(state).of;
      setValue(row, String(atRow + 1));
      setValue(column, String(atColumn + 1));
      const one = answerTo(calm, chosen(state));
      if (one === undefined) return;
      const rows = trainingWords.weightRows(one);
      // The formula needs room.
      fillTo(list, rows.length, (index) => element('div', { class: index === FORMULA ? 'wide' : '' }, [element('dt'), element('dd')]));
      rows.forEach(([term, value], index) => {
        const line = /** @type {HTMLElement} */ (list.children[index]);
        setText(find(line, 'dt'), term);
        setText(find(line, 'dd'), value);
      });
    },
  };
}
