// A table of numbers as cells of colour: true to shape, on a fixed scale, with a cursor that pointer and arrow keys move.

import { rampColour } from '../core/palette.js';
import { element, find, fitCanvas, setText } from './elements.js';
import { paint } from './paint.js';

/**
 * @typedef {object} HeatMap
 * @property {ArrayLike<number>} values row-major
 * @property {number} rows
 * @property {number} columns
 * @property {number} cell CSS pixels, gap included
 * @property {number} scale the value at the end of the colours
 * @property {boolean} [isShare] values from 0 to 1, on the positive colours only
 * @property {readonly string[]} [rowLabels]
 * @property {readonly string[]} [columnLabels]
 * @property {string} [rowInk] colour of the labels
 * @property {string} [columnInk]
 * @property {ReadonlySet<number>} [lit] rows that are outlined
 * @property {boolean} [marksSigns] whether negative cells carry a line
 * @property {(row: number, column: number) => boolean} [has] whether a cell exists; all do by default
 * @property {(row: number, column: number) => boolean} [isMarked] whether a cell is outlined thinly
 */

/** Width of a label beside or above the cells. */
const LABEL = 22;
/** Cells smaller than this carry no marks. */
const SMALLEST_MARKED = 9;

/** The value at the end of the colours, for all weights. */
export const WEIGHT_SCALE = 1;

/**
 * @param {HTMLElement} plot an element with one canvas; it becomes the figure's one tab stop
 * @param {object} options
 * @param {string} options.label says what the map is
 * @param {(row: number, column: number) => string} options.read what the read-out says of a cell
 * @param {HTMLElement} options.readout
 * @param {(row: number, column: number) => void} [options.moved] the cursor moved there
 * @param {() => void} options.redraw asks for a drawing
 * @returns {{ draw(map: HeatMap): void, cursor(): { row: number, column: number } | null, write(): void }}
 */
export function heatMap(plot, { label, read, readout, moved, redraw }) {
  const canvas = /** @type {HTMLCanvasElement} */ (plot.querySelector('canvas') ?? plot.appendChild(element('canvas')));
  canvas.setAttribute('aria-hidden', 'true');
  plot.setAttribute('role', 'img');
  plot.setAttribute('tabindex', '0');
  plot.setAttribute('aria-label', label);
  /** @type {{ row: number, column: number } | null} */
  let cursor = null;
  /** @type {HeatMap | null} */
  let map = null;
  const left = () => (map?.rowLabels === undefined ? 0 : LABEL);
  const top = () => (map?.columnLabels === undefined ? 0 : LABEL);
  const exists = (/** @type {number} */ row, /** @type {number} */ column) =>
    map !== null && row >= 0 && column >= 0 && row < map.rows && column < map.columns && (map.has?.(row, column) ?? true);

  /** @param {number} row @param {number} column */
  function moveTo(row, column) {
    if (!exists(row, column) || (cursor?.row === row && cursor.column === column)) return;
    cursor = { row, column };
    write();
    moved?.(row, column);
    redraw();
  }
  function write() {
    if (cursor === null || !exists(cursor.row, cursor.column)) return;
    const text = read(cursor.row, cursor.column);
    setText(readout, text);
    if (document.activeElement === plot) plot.setAttribute('aria-label', `${label}: ${text}`);
  }

  const point = (/** @type {PointerEvent} */ event) => {
    if (map === null) return;
    const box = canvas.getBoundingClientRect();
    moveTo(Math.floor((event.clientY - box.top - top()) / map.cell), Math.floor((event.clientX - box.left - left()) / map.cell));
  };
  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerdown', point);
  plot.addEventListener('keydown', (event) => {
    if (map === null) return;
    const { row, column } = cursor ?? { row: 0, column: 0 };
    const page = Math.max(1, Math.floor(map.rows / 4));
    const goal = /** @type {Record<string, [number, number]>} */ ({
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: [row, 0], End: [row, map.columns - 1], PageUp: [row - page, column], PageDown: [row + page, column],
    })[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    const inside = [Math.min(map.rows - 1, Math.max(0, goal[0])), Math.min(map.columns - 1, Math.max(0, goal[1]))];
    const [goalRow = 0] = inside;
    let [, goalColumn = 0] = inside;
    // Where a row has fewer cells the cursor stops at its last one.
    while (goalColumn > 0 && !exists(goalRow, goalColumn)) goalColumn -= 1;
    if (cursor === null) moveTo(0, 0);
    else moveTo(goalRow, goalColumn);
  });

  /** @param {HeatMap} shown */
  function draw(shown) {
    map = shown;
    const { rows, columns, cell, values, scale } = shown;
    const colours = paint();
    const ramp = shown.isShare === true ? colours.shares : colours.values;
    const context = fitCanvas(canvas, left() + columns * cell + 1, top() + rows * cell + 1);
    const size = cell > 3 ? cell - 1 : cell;
    const isMarked = (shown.marksSigns === true || colours.isForced) && cell >= SMALLEST_MARKED && shown.isShare !== true;
    context.font = `${Math.min(13, Math.max(9, cell))}px ${colours.mono}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let row = 0; row < rows; row += 1) {
      const y = top() + row * cell;
      for (let column = 0; column < columns; column += 1) {
        if (!exists(row, column)) continue;
        const value = values[row * columns + column] ?? 0;
        const x = left() + column * cell;
        context.fillStyle = rampColour(ramp, value, scale);
        context.fillRect(x, y, size, size);
        if (Math.abs(value) > scale) drawNotch(context, x + size, y);
        if (isMarked && value < 0) drawSign(context, x, y, size, size);
        if (shown.isMarked?.(row, column) === true) {
          context.strokeStyle = colours.edge;
          context.lineWidth = 1;
          context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
        }
      }
      if (shown.rowLabels !== undefined) {
        context.fillStyle = shown.rowInk ?? colours.quiet;
        context.fillText(shown.rowLabels[row] ?? '', LABEL / 2 - 2, y + cell / 2);
      }
    }
    (shown.columnLabels ?? []).forEach((text, column) => {
      context.fillStyle = shown.columnInk ?? colours.quiet;
      context.fillText(text, left() + column * cell + cell / 2, LABEL / 2);
    });
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    // Rows next to each other share one outline.
    const isLit = (/** @type {number} */ row) => shown.lit?.has(row) === true;
    for (let row = 0; row < rows; row += 1) {
      if (!isLit(row) || isLit(row - 1)) continue;
      let end = row + 1;
      while (isLit(end)) end += 1;
      context.strokeRect(left(), top() + row * cell, columns * cell - 1, (end - row) * cell - 1);
    }
    if (cursor !== null && exists(cursor.row, cursor.column)) {
      context.strokeRect(left() + cursor.column * cell - 1, top() + cursor.row * cell - 1, cell + 1, cell + 1);
    }
  }

  return { draw, cursor: () => cursor, write };
}

/** Beyond the end of the scale: a notch. @param {CanvasRenderingContext2D} context @param {number} right @param {number} y */
export function drawNotch(context, right, y) {
  context.fillStyle = paint().sheet;
  context.beginPath();
  context.moveTo(right - 3, y);
  context.lineTo(right, y);
  context.lineTo(right, y + 3);
  context.fill();
}

/** A negative value's line. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} wide @param {number} high */
export function drawSign(context, x, y, wide, high) {
  context.strokeStyle = paint().paper;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x + 1, y + high - 1);
  context.lineTo(x + wide - 1, y + 1);
  context.stroke();
}

/** The strip that says what the colours mean: ends and zero. @param {HTMLElement} root with a canvas and three spans @param {number} scale @param {boolean} isShare */
export function drawScale(root, scale, isShare) {
  const canvas = /** @type {HTMLCanvasElement} */ (find(root, 'canvas'));
  const { values, shares } = paint();
  const context = fitCanvas(canvas, 128, 10);
  for (let x = 0; x < 128; x += 1) {
    context.fillStyle = (isShare ? shares[128 + x] : values[2 * x]) ?? '';
    context.fillRect(x, 0, 1, 10);
  }
  const [low, middle, high] = isShare ? ['0', '50 %', '100 %'] : [`−${scale}`, '0', `+${scale}`];
  [low, middle, high].forEach((text, index) => {
    const label = root.querySelectorAll('span')[index];
    if (label !== undefined) setText(label, text ?? '');
  });
}
