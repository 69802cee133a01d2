// How the heads of a layer come together: their results side by side, through wo, added to the stream.

import { rampColour } from '../../core/palette.js';
import { answerTo, question } from '../../core/questions.js';
import { fedText } from '../../core/state.js';
import { frameWords } from '../../words/frame.js';
import { nextWords } from '../../words/next-letter.js';
import { changes, find, fitCanvas, part, setAttribute, setText, widthOf } from '../elements.js';
import { figureFoot } from '../figure.js';
import { paint } from '../paint.js';

/** @typedef {import('../../core/state.js').State} State */

/** Value at the end of the colours. */
const SCALE = 2;
const ROW = 18;
/** Space above a row for its label, and between the rows for wo. */
const LABEL_HEIGHT = 20;
const GAP = 64;

/**
 * @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions
 * @param {import('./asking-letter.js').AskingLetter} asking @returns {import('../../page/view.js').View}
 */
export function mergeView(root, actions, asking) {
  const plot = find(root, '.plot');
  const canvas = /** @type {HTMLCanvasElement} */ (find(root, 'canvas'));
  const readout = part(root, 'readout');
  const width = widthOf(plot, actions.redraw);
  /** The cell that is read: of the heads (0) or of what is added (1). @type {{ row: 0 | 1, column: number } | null} */
  let cursor = null;
  /** @type {State | null} */
  let latest = null;
  let cell = 1;

  /** @param {State} state */
  const asked = (state) => question('merge', [fedText(state), state.layer ?? 0, asking.of(state)]);
  /** @param {0 | 1} row @param {number} column */
  function moveTo(row, column) {
    const channels = latest?.shape?.nEmbd ?? 1;
    cursor = { row, column: Math.min(channels - 1, Math.max(0, column)) };
    actions.redraw();
  }
  canvas.addEventListener('pointermove', (event) => {
    const box = canvas.getBoundingClientRect();
    moveTo(event.clientY - box.top > LABEL_HEIGHT + ROW + GAP / 2 ? 1 : 0, Math.floor((event.clientX - box.left) / cell));
  });
  plot.addEventListener('keydown', (event) => {
    const { row, column } = cursor ?? { row: 0, column: -1 };
    const goal = /** @type {Record<string, [0 | 1, number]>} */ ({
      ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1], ArrowUp: [0, Math.max(0, column)], ArrowDown: [1, Math.max(0, column)],
      Home: [row, 0], End: [row, Infinity],
    })[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    moveTo(...goal);
  });

  const drawFoot = figureFoot(root, {
    actions, picture: canvas,
    table: (state) => ({
      columns: nextWords.mergeColumns,
      rows: Array.from(answerTo(state, asked(state))?.lengths ?? [], (length, head) => [frameWords.headName(state.layer ?? 0, head), nextWords.length(length)]),
    }),
  });

  /** @param {State} state @param {import('../../engine/messages.js').Merge} merge */
  function drawPicture(state, merge) {
    const { values, ink, quiet, v, sans, mono } = paint();
    const { nEmbd, nHead } = state.shape ?? { nEmbd: 1, nHead: 1 };
    const headDim = nEmbd / nHead;
    cell = Math.min(24, width() / nEmbd);
    const context = fitCanvas(canvas, cell * nEmbd, 2 * (LABEL_HEIGHT + ROW) + GAP);
    const rows = /** @type {const} */ ([[merge.heads, LABEL_HEIGHT], [merge.added, 2 * LABEL_HEIGHT + ROW + GAP]]);
    for (const [row, y] of rows) {
      for (let column = 0; column < nEmbd; column += 1) {
        context.fillStyle = rampColour(values, row[column] ?? 0, SCALE);
        context.fillRect(column * cell, y, cell - 1, ROW);
      }
    }
    context.font = `13px ${sans}`;
    context.fillStyle = quiet;
    context.fillText(nextWords.addedRow, 0, 2 * LABEL_HEIGHT + ROW + GAP - 6);
    context.font = `12px ${mono}`;
    context.textAlign = 'center';
    const [wireTop, wireBottom] = [LABEL_HEIGHT + ROW + 4, LABEL_HEIGHT + ROW + GAP - 4];
    for (let head = 0; head < nHead; head += 1) {
      const left = head * headDim * cell;
      const middle = left + (headDim * cell) / 2;
      context.fillStyle = quiet;
      context.fillText(`${frameWords.headName(state.layer ?? 0, head)}: ${nextWords.length(merge.lengths[head] ?? 0)}`, middle, LABEL_HEIGHT - 6);
      context.strokeStyle = ink;
      context.lineWidth = 1;
      context.strokeRect(left - 0.5, LABEL_HEIGHT - 1.5, headDim * cell, ROW + 2);
      // Wires are as wide as what the head adds is long.
      context.strokeStyle = v;
      context.lineWidth = Math.min(12, 1 + 3 * (merge.lengths[head] ?? 0));
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(middle, wireTop);
      context.lineTo((cell * nEmbd) / 2, wireBottom - 18);
      context.stroke();
      context.setLineDash([]);
    }
    context.fillStyle = ink;
    context.font = `600 14px ${mono}`;
    context.fillText('wo', (cell * nEmbd) / 2, wireBottom - 2);
    if (cursor !== null) {
      context.strokeStyle = ink;
      context.lineWidth = 2;
      context.strokeRect(cursor.column * cell - 1, (rows[cursor.row]?.[1] ?? 0) - 1, cell + 1, ROW + 2);
    }
  }

  const isNew = changes();
  return {
    root,
    asks: (state) => (state.shape === null ? [] : [asked(state)]),
    draw(state, calm) {
      latest = state;
      drawFoot(calm);
      const merge = answerTo(state, asked(state));
      if (merge === undefined || width() === 0) return;
      const calmMerge = answerTo(calm, asked(state)) ?? merge;
      const label = asking.labels(state)[asking.of(state)] ?? '';
      const text = cursor === null
        ? nextWords.merged(String((state.layer ?? 0) + 1), label, Array.from(calmMerge.lengths, nextWords.length))
        : nextWords.cell(cursor.row === 0 ? nextWords.headsRow : nextWords.addedRow, cursor.column + 1, (cursor.row === 0 ? calmMerge.heads : calmMerge.added)[cursor.column] ?? 0);
      setText(readout, text);
      if (!state.isTraining) setAttribute(plot, 'aria-label', text);
      if (isNew(merge, width(), paint(), cursor)) drawPicture(state, merge);
    },
  };
}
