// "No heads, no -saurus": the same dice with all heads, and with none.

import { endingOf } from '../../core/endings.js';
import { formatLoss, formatShare } from '../../core/numbers.js';
import { answerTo, question } from '../../core/questions.js';
import { ALL_HEADS } from '../../core/switches.js';
import { firstLookWords } from '../../words/first-look.js';
import { frameWords } from '../../words/frame.js';
import { element, find, part, printedName, setName, setText } from '../elements.js';
import { figureFoot } from '../figure.js';

/** @typedef {import('../../core/state.js').State} State */

/** Names shown, and names counted. */
const ROWS = 4;
export const COUNTED = 1000;
export const NO_HEADS_TEMPERATURE = 0.8;

/** The questions of this figure, with heads and without. @param {State} state */
export function noHeadsQuestions({ dice }) {
  return {
    names: /** @type {const} */ (['', ALL_HEADS]).map((off) => question('names', [0, ROWS, dice, NO_HEADS_TEMPERATURE, '', off])),
    counted: /** @type {const} */ (['', ALL_HEADS]).map((off) => question('manyNames', [COUNTED, dice, NO_HEADS_TEMPERATURE, off])),
    loss: question('heldOutLoss', []),
    without: question('lossOff', [ALL_HEADS]),
  };
}

/** Share of names with an ending. @param {readonly import('../../engine/messages.js').GeneratedName[]} names @param {string} ending @returns {number} */
export const endingShare = (names, ending) => names.filter((name) => name.ended && name.text.endsWith(ending)).length / names.length;

/** Share of names with the ending, with heads and without; null until both are known. @param {State} state @returns {[number, number] | null} */
export function endingShares(state) {
  const ending = endingOf(state);
  const [withHeads, without] = noHeadsQuestions(state).counted.map((asked) => {
    const names = answerTo(state, asked);
    return names === undefined ? null : endingShare(names, ending);
  });
  return typeof withHeads !== 'number' || typeof without !== 'number' ? null : [withHeads, without];
}

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function noHeadsView(root, actions) {
  find(root, 'thead').append(element('tr', {}, firstLookWords.noHeadsColumns.map((text) => element('th', { scope: 'col' }, [text]))));
  const body = find(root, 'tbody');
  const rows = Array.from({ length: ROWS }, () => {
    const cells = [element('td'), element('td')];
    body.append(element('tr', {}, cells));
    return cells;
  });
  const readout = part(root, 'readout');
  const title = find(root, '.figure-title');
  part(root, 'close').addEventListener('click', () => actions.choose({ off: '' }));
  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({
      columns: firstLookWords.noHeadsColumns,
      rows: rows.map((_, row) => noHeadsQuestions(state).names.map((asked) => {
        const name = answerTo(state, asked)?.[row];
        return name === undefined ? '' : printedName(name);
      })),
    }),
  });
  return {
    root: null,
    asks(state) {
      if (state.off !== ALL_HEADS) return [];
      const { names, counted, loss, without } = noHeadsQuestions(state);
      return [...names, ...counted, loss, without];
    },
    draw(state, calm) {
      root.hidden = state.off !== ALL_HEADS;
      if (root.hidden) return;
      setText(title, firstLookWords.noHeadsTitle(endingOf(state)));
      const { names, loss, without } = noHeadsQuestions(state);
      rows.forEach((cells, row) => cells.forEach((cell, column) => {
        const asked = names[column];
        setName(cell, asked === undefined ? undefined : answerTo(calm, asked)?.[row], frameWords.notReached);
      }));
      const shares = endingShares(calm);
      const [all, none] = [answerTo(calm, loss), answerTo(calm, without)];
      setText(readout, shares === null || all === undefined || none === undefined
        ? firstLookWords.counting(COUNTED)
        : firstLookWords.noHeads(endingOf(calm), COUNTED, formatShare(shares[0]), formatShare(shares[1]), formatLoss(all), formatLoss(none)));
      drawFoot(calm);
    },
  };
}
