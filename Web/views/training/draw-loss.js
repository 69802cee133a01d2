// The strokes of the loss chart: axes, dots, ladder, the gap to held-back names, lines, playhead.

import { chartStep, chartX, chartY, isNarrow } from '../../core/chart.js';
import { lossOfStep } from '../../core/losses.js';
import { formatCount } from '../../core/numbers.js';
import { AGES } from '../../core/timeline.js';
import { changes, fitCanvas } from '../elements.js';
import { paint } from '../paint.js';

/** @typedef {import('../../core/chart.js').ChartBox} ChartBox */
/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../engine/messages.js').Reading} Reading */
/** @typedef {CanvasRenderingContext2D} Context */

/** Dots drawn at most. */
const MOST_DOTS = 1500;
/** Pixels between two lines of hatching, along an axis. */
export const HATCH = 8;
/** Pixels between two points of a line. */
const POINT_SPACING = 2;

/** @param {Context} context @param {ChartBox} box */
export function drawAxes(context, box) {
  const { edge, quiet, sans } = paint();
  context.font = `13px ${sans}`;
  context.strokeStyle = edge;
  context.fillStyle = quiet;
  context.lineWidth = 1;
  const bottom = box.height - box.bottom;
  context.beginPath();
  context.moveTo(box.left, box.top);
  context.lineTo(box.left, bottom);
  context.lineTo(box.width - box.right, bottom);
  context.textAlign = 'right';
  for (let loss = Math.ceil(box.low * 2) / 2; loss <= box.high; loss += box.high > 5 ? 2.5 : 0.5) {
    const y = chartY(box, loss);
    context.moveTo(box.left - 4, y);
    context.lineTo(box.left, y);
    context.fillText(loss.toFixed(1), box.left - 7, y + 4);
  }
  context.textAlign = 'center';
  let free = Infinity;
  for (const step of [...AGES].reverse()) {
    const x = chartX(box, step);
    context.moveTo(x, bottom);
    context.lineTo(x, bottom + 4);
    const half = context.measureText(formatCount(step)).width / 2 + 4;
    const at = Math.min(x, box.width - half);
    if (at + half > free) continue;
    free = at - half;
    context.fillText(formatCount(step), at, box.height - 5);
  }
  context.stroke();
}

/** The dots, of every step or of every second, fourth …; one outside the range stands at the edge as a small triangle. @param {Context} context @param {ChartBox} box @param {Float64Array} losses */
export function drawDots(context, box, losses) {
  const count = losses.length / 2;
  // A power of two, so that it seldom changes.
  const every = 2 ** Math.max(0, Math.ceil(Math.log2(count / MOST_DOTS)));
  context.globalAlpha = isNarrow(box.width) ? 0.14 : 0.22;
  context.fillStyle = paint().ink;
  context.beginPath();
  for (let step = every; step <= count; step += every) {
    const loss = lossOfStep(losses, step);
    const x = chartX(box, step);
    if (loss > box.high) drawTriangle(context, x, box.top + 4, -1);
    else if (loss < box.low) drawTriangle(context, x, box.height - box.bottom - 4, 1);
    // Squares this small look round, and take half the time of arcs.
    else context.rect(x - 1.5, chartY(box, loss) - 1.5, 3, 3);
  }
  context.fill();
  context.globalAlpha = 1;
}

/** @param {Context} context @param {number} x @param {number} y @param {1 | -1} way down or up */
function drawTriangle(context, x, y, way) {
  context.moveTo(x - 2, y);
  context.lineTo(x + 2, y);
  context.lineTo(x, y + 3.5 * way);
}

/** What mere counting reaches. @param {Context} context @param {ChartBox} box @param {readonly { loss: number }[]} rungs */
export function drawLadder(context, box, rungs) {
  context.strokeStyle = paint().edge;
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  context.beginPath();
  for (const { loss } of rungs) {
    const y = chartY(box, loss);
    context.moveTo(box.left, y);
    context.lineTo(box.width - box.right, y);
  }
  context.stroke();
  context.setLineDash([]);
}

const isNewHatching = changes();
/** @type {CanvasPattern | null} */
let hatches = null;
/** Hatching as something to fill with: a small tile, repeated. @param {Context} context */
function hatching(context) {
  const ratio = window.devicePixelRatio || 1;
  if (isNewHatching(ratio, paint())) {
    const tile = document.createElement('canvas');
    const pen = fitCanvas(tile, HATCH, HATCH);
    pen.strokeStyle = paint().edge;
    pen.beginPath();
    // The line through the corners, and beyond each end of it the width of its neighbours.
    for (const at of [0, HATCH, 2 * HATCH]) lineOf(pen, at - 2 * HATCH, 2 * HATCH, at, 0);
    pen.stroke();
    hatches = context.createPattern(tile, 'repeat');
    hatches?.setTransform(new DOMMatrix().scale(HATCH / tile.width));
  }
  return hatches ?? 'transparent';
}

/** Where names shown are known better than names held back: the gap, hatched. @param {Context} context @param {ChartBox} box @param {readonly Reading[]} readings */
export function drawGap(context, box, readings) {
  const known = readings.filter(({ shown }) => Number.isFinite(shown));
  if (known.length < 2) return;
  context.beginPath();
  for (const { step, loss } of known) context.lineTo(chartX(box, step), chartY(box, Math.min(box.high, loss)));
  for (const { step, loss, shown } of known.toReversed()) context.lineTo(chartX(box, step), chartY(box, Math.min(box.high, shown, loss)));
  context.fillStyle = hatching(context);
  context.fill();
}

/** The held-back names, and over them the mean of the last 100. @param {Context} context @param {ChartBox} box @param {Float64Array} means @param {readonly Reading[]} readings */
export function drawLines(context, box, means, readings) {
  context.beginPath();
  for (const { step, loss } of readings) context.lineTo(chartX(box, step), chartY(box, Math.min(box.high, loss)));
  strokeWithHalo(context, [7, 4]);
  context.beginPath();
  for (let step = 1; step < means.length; step = Math.max(step + 1, chartStep(box, chartX(box, step) + POINT_SPACING))) {
    context.lineTo(chartX(box, step), chartY(box, Math.min(box.high, means[step - 1] ?? 0)));
  }
  if (means.length > 0) context.lineTo(chartX(box, means.length), chartY(box, Math.min(box.high, means.at(-1) ?? 0)));
  strokeWithHalo(context, []);
}

/** The step that is read: a thin line, and a ring on the mean. @param {Context} context @param {ChartBox} box @param {number} step @param {number} mean */
export function drawCursor(context, box, step, mean) {
  const { ink, sheet } = paint();
  const x = chartX(box, step);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.beginPath();
  lineOf(context, x, box.top, x, box.height - box.bottom);
  context.stroke();
  if (!Number.isFinite(mean)) return;
  context.fillStyle = sheet;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, chartY(box, Math.min(box.high, mean)), 4, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** The step on show, with a grip; and small flags where A and B stand. @param {Context} context @param {ChartBox} box @param {number} step @param {readonly { label: string, step: number }[]} flags */
export function drawPlayhead(context, box, step, flags) {
  const { ink, sheet, sans } = paint();
  const bottom = box.height - box.bottom;
  const x = chartX(box, step);
  context.strokeStyle = context.fillStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x, box.top);
  context.lineTo(x, bottom);
  context.stroke();
  context.beginPath();
  context.arc(x, bottom, 5, 0, 2 * Math.PI);
  context.fill();
  context.font = `600 13px ${sans}`;
  context.textAlign = 'center';
  for (const flag of flags) {
    // A flag at the right end flies to the left.
    const at = chartX(box, flag.step);
    const way = at + 20 > box.width - box.right ? -1 : 1;
    context.fillStyle = ink;
    context.fillRect(at - 0.75, bottom - 34, 1.5, 34);
    context.fillRect(at, bottom - 34, 16 * way, 17);
    context.fillStyle = sheet;
    context.fillText(flag.label, at + 8 * way, bottom - 21);
  }
}

/** Adds a straight line to the path. @param {Context} context @param {number} x @param {number} y @param {number} toX @param {number} toY */
export function lineOf(context, x, y, toX, toY) {
  context.moveTo(x, y);
  context.lineTo(toX, toY);
}

/** @param {Context} context @param {number[]} dash */
function strokeWithHalo(context, dash) {
  const { ink, sheet } = paint();
  // Joins of so many short pieces can't be seen; round ones take most of the time.
  context.lineJoin = 'bevel';
  context.setLineDash([]);
  context.lineWidth = 5;
  context.strokeStyle = sheet;
  context.stroke();
  context.setLineDash(dash);
  context.lineWidth = 2;
  context.strokeStyle = ink;
  context.stroke();
  context.setLineDash([]);
}
