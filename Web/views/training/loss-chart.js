// The loss chart: a dot a name, the mean of the last 100, the held-back names, and the ladder of what counting reaches.

import { chartBox, chartRange, chartStep, chartX, chartY, spreadLabels } from '../core/chart.js';
import { lossOfStep, readingAt } from '../core/losses.js';
import { formatCount, formatLoss } from '../core/numbers.js';
import { AGES, lastStep } from '../core/timeline.js';
import { words } from '../core/words.js';
import { find, fitCanvas, setText, token } from './elements.js';

/** @typedef {import('../core/state.js').State} State */
/** @typedef {import('../core/chart.js').ChartBox} ChartBox */
/** @typedef {{ ink: string, quiet: string, edge: string, sheet: string, sans: string }} Ink */

const MOST_DOTS = 1500;
const RUNG_LETTERS = 'abcd';

/** @param {HTMLElement} root @param {{ visit(step: number): void }} actions @returns {(state: State, calm: State) => void} */
export function lossChartView(root, actions) {
  const canvas = /** @type {HTMLCanvasElement} */ (find(root, 'canvas'));
  const readout = find(root, '[data-part=readout]');
  const legend = find(root, '[data-part=legend]');
  /** @type {number | null} */
  let pointed = null;
  /** @type {State | null} */
  let latest = null;
  /** @type {ChartBox | null} */
  let box = null;

  /** @param {PointerEvent} event */
  const stepUnder = (event) => (box === null ? 0 : chartStep(box, event.clientX - canvas.getBoundingClientRect().left));
  canvas.addEventListener('pointermove', (event) => {
    pointed = stepUnder(event);
    if (latest !== null) drawReadout(latest);
  });
  canvas.addEventListener('pointerleave', () => {
    pointed = null;
    if (latest !== null) drawReadout(latest);
  });
  canvas.addEventListener('click', (event) => {
    const step = stepUnder(/** @type {PointerEvent} */ (event));
    if (latest !== null && step <= latest.furthest) actions.visit(step);
  });

  /** @param {State} state */
  function drawReadout(state) {
    const step = Math.min(pointed ?? state.step, state.furthest);
    const reading = readingAt(state.readings, step);
    setText(readout, words.lossReadout(step, state.means[step - 1] ?? NaN, reading?.loss ?? null));
  }

  /** @type {unknown[]} */
  let drawn = [];
  return (state, calm) => {
    latest = state;
    if (state.shape === null) return;
    drawReadout(calm);
    const width = canvas.parentElement?.clientWidth ?? 0;
    const ink = readInk();
    const key = [state.losses, state.means, state.readings, state.step, width, ink.ink, state.shape];
    if (width === 0 || key.every((value, index) => value === drawn[index])) return;
    drawn = key;
    const last = lastStep(state.furthest);
    box = chartBox(width, width < 480 ? 220 : width < 900 ? 300 : 360, last, lineRange(state));
    canvas.style.height = `${box.height}px`;
    const context = fitCanvas(canvas, box.width, box.height);
    context.font = `13px ${ink.sans}`;
    drawAxes(context, box, ink);
    drawDots(context, box, ink, state);
    setText(legend, drawLadder(context, box, ink, state));
    drawLines(context, box, ink, state);
  };
}

/** @returns {Ink} */
function readInk() {
  return { ink: token('ink'), quiet: token('ink-2'), edge: token('edge'), sheet: token('sheet'), sans: token('sans') };
}

/** The range that the lines, not the dots, need. @param {State} state @returns {readonly [number, number]} */
function lineRange(state) {
  let least = Infinity;
  let most = -Infinity;
  for (const { loss } of state.readings) {
    least = Math.min(least, loss);
    most = Math.max(most, loss);
  }
  // The first means are of a few names only.
  for (let step = 20; step <= state.means.length; step += 1) {
    least = Math.min(least, state.means[step - 1] ?? least);
    most = Math.max(most, state.means[step - 1] ?? most);
  }
  return chartRange(least, most);
}

/** @param {CanvasRenderingContext2D} context @param {ChartBox} box @param {Ink} ink */
function drawAxes(context, box, ink) {
  context.strokeStyle = ink.edge;
  context.fillStyle = ink.quiet;
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
  let free = 0;
  for (const step of [...AGES].reverse()) {
    const x = chartX(box, step);
    context.moveTo(x, bottom);
    context.lineTo(x, bottom + 4);
    const half = context.measureText(formatCount(step)).width / 2 + 4;
    if (free > 0 && x + half > free) continue;
    free = x - half;
    context.fillText(formatCount(step), Math.min(x, box.width - half), box.height - 5);
  }
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {ChartBox} box @param {Ink} ink @param {State} state */
function drawDots(context, box, ink, state) {
  const count = state.losses.length / 2;
  const every = Math.max(1, Math.ceil(count / MOST_DOTS));
  context.globalAlpha = box.width < 480 ? 0.14 : 0.22;
  context.fillStyle = ink.ink;
  context.beginPath();
  for (let step = 1; step <= count; step += every) {
    const loss = lossOfStep(state.losses, step);
    const x = chartX(box, step);
    if (loss > box.high || loss < box.low) continue;
    const y = chartY(box, loss);
    context.moveTo(x + 1.5, y);
    context.arc(x, y, 1.5, 0, 2 * Math.PI);
  }
  context.fill();
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context @param {ChartBox} box @param {Ink} ink @param {State} state
 * @returns {string} what is to be said under the plot
 */
function drawLadder(context, box, ink, state) {
  if (state.shape === null) return '';
  const { baselines } = state.shape;
  const rungs = /** @type {const} */ (['uniform', 'unigram', 'bigram', 'trigram']);
  context.strokeStyle = ink.edge;
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  const right = box.width - box.right;
  const places = rungs.map((rung) => chartY(box, baselines[rung]));
  context.beginPath();
  for (const y of places) {
    context.moveTo(box.left, y);
    context.lineTo(right, y);
  }
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = ink.quiet;
  const isNarrow = box.right < 100;
  context.textAlign = isNarrow ? 'right' : 'left';
  const labels = spreadLabels(places, 16);
  rungs.forEach((rung, index) => {
    // A narrow chart has letters on the lines and says under the plot what they are.
    const text = isNarrow ? RUNG_LETTERS[index] ?? '' : `${words.rungs[rung]} ${formatLoss(baselines[rung])}`;
    context.fillText(text, right + (isNarrow ? 0 : 8), (labels[index] ?? 0) + (isNarrow ? -4 : 4));
  });
  return isNarrow
    ? rungs.map((rung, index) => `${RUNG_LETTERS[index]} ${words.rungs[rung]} ${formatLoss(baselines[rung])}`).join(' · ')
    : '';
}

/** @param {CanvasRenderingContext2D} context @param {ChartBox} box @param {Ink} ink @param {State} state */
function drawLines(context, box, ink, state) {
  const last = state.means.length;
  context.beginPath();
  let drawnTo = -Infinity;
  for (let step = 1; step <= last; step += 1) {
    const x = chartX(box, step);
    if (x - drawnTo < 1 && step < last) continue;
    drawnTo = x;
    context.lineTo(x, chartY(box, Math.min(box.high, state.means[step - 1] ?? 0)));
  }
  strokeWithHalo(context, ink, []);
  context.beginPath();
  for (const { step, loss } of state.readings) context.lineTo(chartX(box, step), chartY(box, Math.min(box.high, loss)));
  strokeWithHalo(context, ink, [7, 4]);
  const x = chartX(box, state.step);
  context.beginPath();
  context.moveTo(x, box.top);
  context.lineTo(x, box.height - box.bottom);
  context.setLineDash([]);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Ink} ink @param {number[]} dash */
function strokeWithHalo(context, ink, dash) {
  context.lineJoin = 'round';
  context.setLineDash([]);
  context.lineWidth = 5;
  context.strokeStyle = ink.sheet;
  context.stroke();
  context.setLineDash(dash);
  context.lineWidth = 2;
  context.strokeStyle = ink.ink;
  context.stroke();
}
