// "Same dice, seven ages": one roll of the dice at seven steps, and now.

import { formatCount } from '../core/numbers.js';
import { AGES } from '../core/timeline.js';
import { words } from '../core/words.js';
import { element, printedName } from './elements.js';

/** @typedef {import('../core/state.js').State} State */
/** @typedef {import('../engine/messages.js').GeneratedName} GeneratedName */

/** Names a row; narrow screens show fewer. */
export const NAMES_A_ROW = 4;

/** @param {HTMLElement} root a table's body @returns {(state: State, calm: State) => void} */
export function agesView(root) {
  const rows = [words.now, ...AGES.map(formatCount)].map((heading) => {
    const cells = Array.from({ length: NAMES_A_ROW }, () => element('td'));
    root.append(element('tr', {}, [element('th', { scope: 'row' }, [heading]), ...cells]));
    return { cells, drawn: /** @type {readonly GeneratedName[] | undefined | null} */ (null) };
  });
  return (state, calm) => {
    [calm.now, ...AGES.map((age) => state.ages.get(age))].forEach((names, index) => {
      const row = rows[index];
      if (row === undefined || row.drawn === names) return;
      row.drawn = names;
      row.cells.forEach((cell, place) => {
        const name = names?.[place];
        cell.textContent = name === undefined ? words.notReached : printedName(name);
        cell.className = name === undefined ? 'waiting' : name.ended ? 'name' : 'raw';
      });
    });
  };
}
