// What each head does over many names: each measure beside its chance, both halves of the names, and what it leans to.

import { FEW_NAMES, MEASURE_COLUMNS } from '../../core/head-measures.js';
import { answerTo, question } from '../../core/questions.js';
import { frameWords } from '../../words/frame.js';
import { headsWords } from '../../words/heads.js';
import { button, changes, element, find, part, setAttribute, setText } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { headRowElement } from './head-row.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../engine/messages.js').HeadRow} HeadRow */
/** @typedef {import('../../engine/messages.js').MeasureName} MeasureName */
/** @typedef {MeasureName | 'head' | 'worth' | 'lean'} Column */
/** @typedef {HeadRow & { name: string, worth: number, place: number }} NamedHead place: in the engine's order */

/** @type {readonly Column[]} */
const TABLE_COLUMNS = Object.freeze(['head', ...MEASURE_COLUMNS, 'worth', 'lean']);

/** @param {Column} column @returns {string} */
function heading(column) {
  if (column === 'head') return headsWords.headColumn;
  if (column === 'worth') return headsWords.worthColumn;
  return column === 'lean' ? headsWords.leanColumn : headsWords.measures[column];
}

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function headTableView(root, actions) {
  const body = find(root, 'tbody');
  const readout = part(root, 'readout');
  let count = FEW_NAMES;
  let isPooled = false;
  /** @type {{ by: Column, isDown: boolean }} */
  let order = { by: 'head', isDown: false };
  let measuredAt = 0;
  /** Rows that are open, by place. @type {ReadonlySet<number>} */
  let open = new Set();
  const change = (/** @type {() => void} */ body_) => () => {
    body_();
    actions.redraw();
  };
  const few = button(headsWords.first(FEW_NAMES), change(() => {
    count = FEW_NAMES;
  }));
  const every = button('', change(() => {
    count = 0;
  }));
  const each = button(headsWords.each, change(() => {
    isPooled = false;
    open = new Set();
  }));
  const pooled = button(headsWords.pooled, change(() => {
    isPooled = true;
    open = new Set();
  }));
  part(root, 'names').append(few, every);
  part(root, 'rows').append(each, pooled);
  const headings = TABLE_COLUMNS.map((by) => element('th', { scope: 'col', 'data-column': by }, [
    button(heading(by), change(() => {
      // Numbers begin with the largest, names with the first.
      const isFresh = order.by !== by;
      order = { by, isDown: isFresh ? by !== 'head' && by !== 'lean' : !order.isDown };
    })),
  ]));
  find(root, 'thead').append(element('tr', {}, headings));

  /** @param {State} state @returns {NamedHead[]} */
  function rowsOf(state) {
    const table = answerTo(state, question('headTable', [count]));
    const nHead = state.shape?.nHead ?? 1;
    const worths = answerTo(state, question('worths', []))?.heads ?? [];
    const rows = (isPooled ? table?.pooled : table?.heads) ?? [];
    return rows.map((row, place) => ({
      lean: row.lean, isMostly: row.isMostly, all: row.all, halves: row.halves, place, name: isPooled ? String(place + 1) : frameWords.headName(Math.floor(place / nHead), place % nHead),
      worth: isPooled ? NaN : worths[place] ?? NaN,
    }));
  }
  /** @param {NamedHead[]} rows @returns {NamedHead[]} */
  function sorted(rows) {
    const { by, isDown } = order;
    const number = (/** @type {NamedHead} */ row) => {
      const value = by === 'head' ? row.place : by === 'worth' ? row.worth : by === 'lean' ? 0 : row.all[by].value;
      return Number.isNaN(value) ? -Infinity : value;
    };
    const compare = (/** @type {NamedHead} */ a, /** @type {NamedHead} */ b) =>
      (by === 'lean' ? headsWords.lean(a).localeCompare(headsWords.lean(b)) : number(a) - number(b)) || a.place - b.place;
    const found = rows.toSorted(compare);
    return isDown ? found.reverse() : found;
  }
  /** @param {number} place */
  const toggle = (place) => change(() => {
    open = new Set(open.has(place) ? [...open].filter((other) => other !== place) : [...open, place]);
  })();

  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({
      columns: TABLE_COLUMNS.flatMap((by) => (by === 'head' || by === 'worth' || by === 'lean' ? [heading(by)] : [heading(by), `${heading(by)}: chance`])),
      rows: sorted(rowsOf(state)).map((row) => [row.name].concat(
        MEASURE_COLUMNS.flatMap((by) => [row.all[by].value, row.all[by].chance].map(headsWords.value)),
        Number.isNaN(row.worth) ? '–' : headsWords.worth(row.worth), headsWords.lean(row))),
    }),
  });
  /** @param {State} state @returns {string} */
  function says(state) {
    const table = answerTo(state, question('headTable', [count]));
    if (table === undefined) return state.isTraining ? headsWords.pauseToMeasure : headsWords.measuring;
    if (state.isTraining) return headsWords.measuredAt(measuredAt);
    const rows = rowsOf(state);
    return headsWords.tableSays(table.names, table.vowelRate, rows.filter(({ lean }) => lean !== null).length, rows.length);
  }
  const isNew = changes();
  const isOther = changes();
  return {
    root,
    asks: (state) => (state.shape === null ? [] : [question('headTable', [count]), question('worths', [])]),
    draw(state, calm) {
      drawFoot(calm);
      setText(every, headsWords.everyName(state.list.length));
      for (const [one, isOn] of /** @type {const} */ ([[few, count !== 0], [every, count === 0], [each, !isPooled], [pooled, isPooled]])) {
        setAttribute(one, 'aria-pressed', String(isOn));
      }
      TABLE_COLUMNS.forEach((by, index) => {
        const cell = headings[index];
        if (cell !== undefined) setAttribute(cell, 'aria-sort', order.by !== by ? 'none' : order.isDown ? 'descending' : 'ascending');
      });
      const answer = answerTo(state, question('headTable', [count]));
      if (answer !== undefined && isNew(answer)) measuredAt = state.step;
      if (isOther(answer, answerTo(state, question('worths', [])), isPooled, order, open) && answer !== undefined) {
        const rows = sorted(rowsOf(state));
        const focused = document.activeElement instanceof HTMLElement && body.contains(document.activeElement) ? document.activeElement.dataset['place'] : undefined;
        body.replaceChildren(...rows.flatMap((row) => headRowElement(row, rows, open.has(row.place), toggle)));
        if (focused !== undefined) find(body, `[data-place="${focused}"]`).focus({ preventScroll: true });
      }
      setText(readout, says(state));
      setSentence(part(root, 'sentence'), state, () => says(state));
    },
  };
}
