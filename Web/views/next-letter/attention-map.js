// All looks of one head on the text: rows look at columns.

import { formatShare } from '../../core/numbers.js';
import { fedText } from '../../core/state.js';
import { nextWords } from '../../words/next-letter.js';
import { changes, find, part, setAttribute, setText, widthOf } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { drawScale, heatMap } from '../heat-map.js';
import { paint } from '../paint.js';
import { attentionQuestions, lookSentence, sharesFrom, shownHead } from './arcs.js';
import { markOf } from './asking-letter.js';

/** @typedef {import('../../core/state.js').State} State */

/** Sizes of a cell, CSS pixels. */
const MAP_CELL_LEAST = 12;
const MAP_CELL_MOST = 28;
/** Width that the labels of rows take. */
const LABELS = 24;

/**
 * @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions
 * @param {import('./asking-letter.js').AskingLetter} asking @returns {import('../../page/view.js').View}
 */
export function attentionMapView(root, actions, asking) {
  const plot = find(root, '.plot');
  const width = widthOf(plot, actions.redraw);
  /** @type {State | null} */
  let latest = null;
  const map = heatMap(plot, {
    label: nextWords.mapTitle, readout: part(root, 'readout'), redraw: actions.redraw,
    read(row) {
      const shares = latest === null ? null : sharesFrom(latest, shownHead(latest), row);
      return latest === null || shares === null ? '' : lookSentence(latest, shownHead(latest), asking.labels(latest), row, shares);
    },
    moved: (row) => asking.choose(row),
  });
  const drawFoot = figureFoot(root, {
    actions, picture: /** @type {HTMLCanvasElement} */ (find(root, '.plot canvas')),
    table(state) {
      const labels = asking.labels(state);
      return {
        columns: ['', ...labels],
        rows: labels.map((label, query) => [label].concat((sharesFrom(state, shownHead(state), query) ?? []).map(formatShare))),
      };
    },
  });
  const isNew = changes();
  const isOtherPaint = changes();
  return {
    root,
    asks: attentionQuestions,
    draw(state, calm) {
      latest = state;
      if (width() === 0) return;
      drawFoot(calm);
      if (isOtherPaint(paint())) drawScale(part(root, 'scale'), 1, true);
      const labels = asking.labels(state);
      const n = labels.length;
      const rows = labels.map((_, query) => sharesFrom(state, shownHead(state), query));
      if (rows.some((row) => row === null)) return;
      const values = new Float32Array(n * n);
      rows.forEach((row, query) => values.set(row ?? [], query * n));
      const query = asking.of(state);
      const says = lookSentence(state, shownHead(state), labels, query, rows[query] ?? []);
      setSentence(part(root, 'sentence'), calm, () => says);
      // Once a cell was read the read-out follows what is chosen elsewhere: letter, text and step.
      if (!state.isTraining && map.cursor() !== null) {
        setText(part(root, 'readout'), says);
        if (document.activeElement === plot) setAttribute(plot, 'aria-label', `${nextWords.mapTitle}: ${says}`);
      }
      if (!isNew(width(), query, fedText(state), paint(), map.cursor(), ...values)) return;
      const { q, k } = paint();
      const marks = labels.map(markOf);
      map.draw({
        values, rows: n, columns: n, scale: 1, isShare: true, rowLabels: marks, columnLabels: marks, rowInk: q, columnInk: k,
        cell: Math.max(MAP_CELL_LEAST, Math.min(MAP_CELL_MOST, Math.floor((width() - LABELS) / Math.max(n, MAP_CELL_LEAST)))),
        has: (row, column) => column <= row, isMarked: (row, column) => row === column, lit: new Set([query]),
      });
    },
  };
}
