// Three rows of cells under each other: two that are added, and their sum; a cursor reads one column.

import { rampColour } from '../../core/palette.js';
import { element, fitCanvas } from '../elements.js';
import { drawNotch, drawSign } from '../heat-map.js';
import { paint } from '../paint.js';

/** @typedef {{ title: string, values: ArrayLike<number> }} SumRow */

const TITLE_HEIGHT = 20;
const ROW_GAP = 10;
const SUM_LABEL_SIZE = 13;

/**
 * @param {HTMLElement} plot an element with one canvas; it becomes the figure's tab stop for cells
 * @param {string} label says what the rows are @param {() => void} moved the cursor moved
 */
export function sumRows(plot, label, moved) {
  const canvas = /** @type {HTMLCanvasElement} */ (plot.querySelector('canvas') ?? plot.appendChild(element('canvas')));
  canvas.setAttribute('aria-hidden', 'true');
  plot.setAttribute('role', 'img');
  plot.setAttribute('tabindex', '0');
  plot.setAttribute('aria-label', label);
  let column = 0;
  let columns = 1;
  let cell = 1;

  /** @param {number} goal */
  function moveTo(goal) {
    const inside = Math.min(columns - 1, Math.max(0, goal));
    if (inside === column) return;
    column = inside;
    moved();
  }
  const point = (/** @type {PointerEvent} */ event) => moveTo(Math.floor((event.clientX - canvas.getBoundingClientRect().left) / cell));
  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerdown', point);
  plot.addEventListener('keydown', (event) => {
    const goal = /** @type {Record<string, number>} */ ({ ArrowLeft: column - 1, ArrowRight: column + 1, Home: 0, End: columns - 1 })[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    moveTo(goal);
  });

  return {
    column: () => column,
    canvas,
    /** @param {readonly SumRow[]} rows @param {number} width @param {number} scale @param {boolean} marksSigns */
    draw(rows, width, scale, marksSigns) {
      const colours = paint();
      columns = rows[0]?.values.length ?? 1;
      column = Math.min(column, columns - 1);
      cell = Math.max(3, Math.min(24, Math.floor(width / columns)));
      const height = Math.max(20, cell);
      const context = fitCanvas(canvas, columns * cell + 2, rows.length * (TITLE_HEIGHT + height + ROW_GAP));
      const gap = cell > 3 ? 1 : 0;
      const isMarked = marksSigns || colours.isForced;
      context.font = `${SUM_LABEL_SIZE}px ${colours.mono}`;
      context.textBaseline = 'middle';
      rows.forEach(({ title, values }, index) => {
        const top = index * (TITLE_HEIGHT + height + ROW_GAP);
        context.fillStyle = colours.quiet;
        context.fillText(title, 0, top + TITLE_HEIGHT / 2 - 1);
        for (let i = 0; i < columns; i += 1) {
          const value = values[i] ?? 0;
          context.fillStyle = rampColour(colours.values, value, scale);
          context.fillRect(1 + i * cell, top + TITLE_HEIGHT, cell - gap, height);
          if (isMarked && value < 0) drawSign(context, 1 + i * cell, top + TITLE_HEIGHT, cell - gap, height);
          if (Math.abs(value) > scale) drawNotch(context, 1 + i * cell + cell - gap, top + TITLE_HEIGHT);
        }
        context.strokeStyle = colours.ink;
        context.lineWidth = 2;
        context.strokeRect(column * cell + 1, top + TITLE_HEIGHT - 0.5, cell - gap, height + 1);
      });
    },
  };
}
