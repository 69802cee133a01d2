// One head in the table: its row, and below it, if open, all of its numbers.

import { MEASURE_COLUMNS } from '../../core/head-measures.js';
import { headsWords } from '../../words/heads.js';
import { button, element } from '../elements.js';

/** @typedef {import('./head-table.js').NamedHead} NamedHead */
/** @typedef {import('../../engine/messages.js').MeasureName} MeasureName */

/** Measures of the full table: those with a column, and the spread in bits. @type {readonly MeasureName[]} */
const DETAILS = Object.freeze([...MEASURE_COLUMNS, 'entropy']);

/** A measure: a bar with a tick at chance, the value, and how many times chance it is. @param {MeasureName} name @param {NamedHead} row @param {readonly NamedHead[]} rows */
function measureCell(name, row, rows) {
  const { value, chance, ratio } = row.all[name];
  const most = Math.max(...rows.flatMap(({ all }) => [all[name].value, all[name].chance]).filter((number) => !Number.isNaN(number)), 1e-9);
  const bar = element('div', { class: 'bar-line' });
  bar.style.setProperty('--share', String(Number.isNaN(value) ? 0 : value / most));
  bar.style.setProperty('--chance', String(Number.isNaN(chance) ? 0 : chance / most));
  return element('td', { 'data-column': name }, [
    bar, element('span', { class: 'number' }, [headsWords.value(value)]), ' ', element('span', { class: 'times' }, [headsWords.times(ratio)]),
  ]);
}

/** All numbers of one head, and both halves of the names. @param {NamedHead} row */
function details(row) {
  return element('table', { 'aria-label': headsWords.detail(row.name) }, [
    element('thead', {}, [element('tr', {}, headsWords.detailColumns.map((text) => element('th', { scope: 'col' }, [text])))]),
    element('tbody', {}, DETAILS.map((name) => {
      const { value, chance } = row.all[name];
      const halves = row.halves.map((half) => element('td', {}, [
        headsWords.value(half[name].value), ' ', element('span', { class: 'times' }, [headsWords.times(half[name].ratio)]),
      ]));
      return element('tr', {}, [
        element('th', { scope: 'row' }, [headsWords.measures[name]]),
        element('td', {}, [headsWords.value(value)]), element('td', {}, [headsWords.value(chance)]), ...halves,
      ]);
    })),
  ]);
}

/** @param {NamedHead} row @param {readonly NamedHead[]} rows @param {boolean} isOpen @param {(place: number) => void} toggle @returns {HTMLElement[]} */
export function headRowElement(row, rows, isOpen, toggle) {
  const opener = button(row.name, () => toggle(row.place), {
    'aria-expanded': String(isOpen), 'aria-label': headsWords.detail(row.name), 'data-place': String(row.place),
  });
  const lean = headsWords.lean(row);
  const shown = element('tr', {}, [
    element('th', { scope: 'row' }, [opener]),
    ...MEASURE_COLUMNS.map((name) => measureCell(name, row, rows)),
    element('td', { 'data-column': 'worth', class: 'number' }, [Number.isNaN(row.worth) ? '–' : headsWords.worth(row.worth)]),
    element('td', { 'data-column': 'lean', class: row.lean === null ? 'quiet' : 'lean' }, [lean]),
  ]);
  if (!isOpen) return [shown];
  const full = element('td', { colspan: String(shown.children.length) }, [element('p', { class: 'leans' }, [`${headsWords.leanColumn}: ${lean}`]), details(row)]);
  return [shown, element('tr', { class: 'full' }, [full])];
}
