// "Same dice, seven ages": one roll of the dice at seven steps, and now.

import { formatCount } from '../../core/numbers.js';
import { answerTo, question } from '../../core/questions.js';
import { AGES } from '../../core/timeline.js';
import { frameWords } from '../../words/frame.js';
import { element, find, printedName, setName } from '../elements.js';
import { figureFoot } from '../figure.js';

/** @typedef {import('../../core/state.js').State} State */

/** Names a row; narrow screens show fewer. */
const NAMES_A_ROW = 4;
const TEMPERATURE = 0.8;

/** One roll at a step. @param {State} state @param {number | null} at */
export const ageQuestion = ({ dice }, at) => question('names', [0, NAMES_A_ROW, dice, TEMPERATURE, '', ''], at);

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function agesView(root, actions) {
  const body = find(root, 'tbody');
  const rows = [null, ...AGES].map((at) => {
    const cells = Array.from({ length: NAMES_A_ROW }, () => element('td'));
    body.append(element('tr', {}, [element('th', { scope: 'row' }, [at === null ? frameWords.now : formatCount(at)]), ...cells]));
    return { at, cells };
  });
  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({
      columns: ['step', ...Array.from({ length: NAMES_A_ROW }, (_, index) => `name ${index + 1}`)],
      rows: rows.map(({ at }) => [
        at === null ? `${frameWords.now} (${state.step})` : at,
        ...(answerTo(state, ageQuestion(state, at)) ?? []).map(printedName),
      ]),
    }),
  });
  return {
    root,
    asks: (state) => rows.map(({ at }) => ageQuestion(state, at)),
    draw(state, calm) {
      for (const { at, cells } of rows) {
        const names = answerTo(at === null ? calm : state, ageQuestion(state, at));
        if (names === undefined && at !== null && at <= state.furthest) continue;
        cells.forEach((cell, place) => setName(cell, names?.[place], frameWords.notReached));
      }
      drawFoot(calm);
    },
  };
}
