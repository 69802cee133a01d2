// A table of embeddings, every weight a cell: wte with a row per token, wpe with a row per position.

import { answerTo, question } from '../../core/questions.js';
import { inputTokens, placeOfTensor, tokenLabels } from '../../core/tokens.js';
import { tokensWords } from '../../words/tokens.js';
import { changes, find, part, setText, widthOf } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { WEIGHT_SCALE, drawScale, heatMap } from '../heat-map.js';
import { paint } from '../paint.js';
import { provenanceLine } from './provenance.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../core/questions.js').AnyQuestion} AnyQuestion */

/** Labels beside the table, and the cells' largest size. */
const ROW_LABEL = 22;
const LARGEST_CELL = 16;
/** Nearest letters that the sentence names. */
const NAMED_NEAREST = 2;

/**
 * @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @param {'wte' | 'wpe'} tensor
 * @returns {import('../../page/view.js').View}
 */
export function weightTableView(root, actions, tensor) {
  const plot = find(root, '.plot');
  const width = widthOf(plot, actions.redraw);
  const isTokens = tensor === 'wte';
  /** The state that texts show. @type {State | null} */
  let latest = null;

  /** @param {State} state */
  const asked = ({ facts }) => (facts === null ? null : question('tensor', [placeOfTensor(facts, tensor)]));
  /** @param {State} state */
  function shapeOf({ facts }) {
    const found = facts?.tensors.find(({ name }) => name === tensor);
    return { rows: found?.rows ?? 0, columns: found?.columns ?? 0 };
  }
  /** @param {State} state */
  function valuesOf(state) {
    const one = asked(state);
    return one === null ? undefined : answerTo(state, one);
  }
  /** @param {State} state @param {number} row */
  const rowName = ({ shape }, row) => (isTokens && shape !== null ? tokensWords.tokenRow(tokensWords.token(shape, row)) : tokensWords.placeRow(row));
  /** The row that the sentence is about: the cursor's, or the first letter's. @param {State} state */
  const rowOf = (state) => map.cursor()?.row ?? (state.shape === null ? 0 : isTokens ? inputTokens(state.name, state.shape)[1] ?? 0 : 1);

  const map = heatMap(plot, {
    label: tokensWords.tablePlot(tensor), readout: part(root, 'readout'), redraw: actions.redraw,
    read(row, column) {
      const values = latest === null ? undefined : valuesOf(latest);
      if (latest === null || values === undefined) return '';
      return tokensWords.cell(tensor, rowName(latest, row), column, values[row * shapeOf(latest).columns + column] ?? 0);
    },
  });
  setText(part(root, 'readout'), tokensWords.tableHint);
  const provenance = isTokens ? provenanceLine(part(root, 'provenance')) : null;
  const foot = figureFoot(root, {
    actions, picture: /** @type {HTMLCanvasElement} */ (find(plot, 'canvas')),
    table: (state) => {
      const values = valuesOf(state);
      const { rows, columns } = shapeOf(state);
      return values === undefined ? null : {
        columns: ['Row', ...Array.from({ length: columns }, (_, column) => String(column))],
        rows: Array.from({ length: rows }, (_, row) => [rowName(state, row), ...values.subarray(row * columns, (row + 1) * columns)]),
      };
    },
  });

  const isNew = changes();
  const isNewText = changes();
  const isNewScale = changes();
  return {
    root,
    asks(state) {
      const one = asked(state);
      if (one === null) return [];
      /** @type {AnyQuestion[]} */
      const all = [one];
      if (isTokens && !state.isTraining) all.push(question('nearestLetters', [rowOf(state)]));
      if (provenance !== null) all.push(...provenance.asks(state, map.cursor()));
      return all;
    },
    draw(state, calm) {
      foot(calm);
      const values = valuesOf(state);
      const { shape } = state;
      if (values === undefined || shape === null || width() === 0) return;
      const { rows, columns } = shapeOf(state);
      const cell = Math.max(2, Math.min(LARGEST_CELL, Math.floor((width() - ROW_LABEL - 1) / columns)));
      if (isNewScale(paint())) drawScale(part(root, 'scale'), WEIGHT_SCALE, false);
      if (isNew(values, state.name, cell, paint(), state.marksSigns, map.cursor())) {
        const tokens = inputTokens(state.name, shape);
        map.draw({
          values, rows, columns, cell, scale: WEIGHT_SCALE, marksSigns: state.marksSigns,
          rowLabels: isTokens ? tokenLabels(shape) : Array.from({ length: rows }, (_, row) => String(row)),
          lit: new Set(isTokens ? tokens : tokens.keys()),
        });
      }
      const read = valuesOf(calm);
      const row = rowOf(calm);
      const nearest = isTokens ? answerTo(calm, question('nearestLetters', [row])) : undefined;
      provenance?.draw(calm, map.cursor());
      if (read === undefined || !isNewText(read, row, map.cursor(), state.isTraining, nearest)) return;
      latest = calm;
      map.write();
      setSentence(part(root, 'sentence'), state, () => {
        const own = read.subarray(row * columns, (row + 1) * columns);
        const extreme = (/** @type {number} */ value) => ({ value, column: own.indexOf(value) });
        const alike = (nearest ?? []).slice(0, NAMED_NEAREST).map(({ token }) => tokensWords.token(shape, token));
        return tokensWords.row(tensor, rowName(state, row), extreme(Math.max(...own)), extreme(Math.min(...own)), alike);
      });
    },
  };
}
