// How surprised the model is by each letter of the text, and by its end.

import { formatLoss } from '../../core/numbers.js';
import { answerTo, question } from '../../core/questions.js';
import { fedText } from '../../core/state.js';
import { frameWords } from '../../words/frame.js';
import { nextWords } from '../../words/next-letter.js';
import { changes, element, fillTo, find, part, printedName, setText } from '../elements.js';
import { figureFoot } from '../figure.js';

/** Loss at the top of a bar, nats. */
const TALLEST_SURPRISE = 8;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function surpriseView(root, actions) {
  const list = find(root, 'ol');
  const readout = part(root, 'readout');
  /** @param {import('../../core/state.js').State} state */
  function letters(state) {
    const look = answerTo(state, question('look', [fedText(state)]));
    if (look === undefined) return null;
    const all = [...look.text, frameWords.end];
    return { text: look.text, rows: Array.from(look.losses, (loss, index) => ({ letter: all[index] ?? '', loss })) };
  }
  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({ columns: nextWords.surpriseColumns, rows: (letters(state)?.rows ?? []).map(({ letter, loss }) => [letter, formatLoss(loss)]) }),
  });
  const isNew = changes();
  return {
    root,
    asks: (state) => [question('look', [fedText(state)])],
    draw(state, calm) {
      drawFoot(calm);
      const known = letters({ ...calm, text: state.text, textProblem: state.textProblem, name: state.name }) ?? letters(state);
      if (known === null || !isNew(known.text, ...known.rows.map(({ loss }) => loss))) return;
      const { rows, text } = known;
      fillTo(list, rows.length, () => element('li', {}, [element('span', { class: 'upright' }), element('b'), element('span', { class: 'value' })]));
      rows.forEach(({ letter, loss }, index) => {
        const item = /** @type {HTMLElement} */ (list.children[index]);
        find(item, '.upright').style.setProperty('--share', String(Math.min(1, loss / TALLEST_SURPRISE)));
        setText(find(item, 'b'), letter);
        setText(find(item, '.value'), formatLoss(loss));
      });
      const mean = rows.reduce((sum, { loss }) => sum + loss, 0) / rows.length;
      setText(readout, nextWords.surprise(printedName({ text, ended: true }), mean, Math.exp(mean)));
    },
  };
}
