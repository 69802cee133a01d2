// The loss chart: a dot a name, the mean of the last 100, the held-back names, the gap to the names shown, and the ladder of
// what counting reaches. Its axis is the timeline's.

import { chartBox, chartRange, chartStep, chartX, isNarrow } from '../../core/chart.js';
import { lossOfStep, readingAt } from '../../core/losses.js';
import { formatLoss } from '../../core/numbers.js';
import { lastStep } from '../../core/timeline.js';
import { trainingWords } from '../../words/training.js';
import { changes, find, fitCanvas, part, setAttribute, setText, widthOf } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { paint } from '../paint.js';
import { drawAxes, drawCursor, drawDots, drawGap, drawLadder, drawLines, drawPlayhead } from './draw-loss.js';
import { drawLabels, labelsOf, rungsOf } from './loss-labels.js';

/** @typedef {import('../../core/chart.js').ChartBox} ChartBox */
/** @typedef {import('../../core/state.js').State} State */

/** Pixels from the playhead within which a press takes it. */
const GRIP = 10;
const GRIP_OF_TOUCH = 22;
/** Milliseconds between two pictures while it trains: its strokes are the page's most expensive, and every second frame is smooth. */
const PICTURE_PERIOD = 25;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function lossChartView(root, actions) {
  const plot = find(root, '.plot');
  const canvas = /** @type {HTMLCanvasElement} */ (find(root, 'canvas'));
  const readout = part(root, 'readout');
  const legend = part(root, 'legend');
  const sentence = part(root, 'sentence');
  const width = widthOf(plot, actions.redraw);
  let isEven = false;
  /** The step that is read: under the pointer or moved to by keys; null: the step on show. @type {number | null} */
  let read = null;
  /** @type {State | null} */
  let latest = null;
  /** @type {ChartBox | null} */
  let box = null;

  const buttons = /** @type {const} */ (['stretched', 'even']).map((kind) => {
    const choice = part(root, kind);
    choice.addEventListener('click', () => {
      isEven = kind === 'even';
      actions.redraw();
    });
    return { choice, isChosen: () => isEven === (kind === 'even') };
  });

  /** @param {PointerEvent} event */
  const stepUnder = (event) => (box === null ? 0 : chartStep(box, event.clientX - canvas.getBoundingClientRect().left));
  /** @param {number | null} step */
  const readAt = (step) => {
    read = step === null || latest === null ? null : Math.min(latest.furthest, Math.max(0, step));
    actions.redraw();
  };
  let isDragging = false;
  canvas.addEventListener('pointerdown', (event) => {
    if (box === null || latest === null) return;
    // The playhead is dragged; a press elsewhere reads.
    isDragging = Math.abs(event.clientX - canvas.getBoundingClientRect().left - chartX(box, latest.step)) <= (event.pointerType === 'mouse' ? GRIP : GRIP_OF_TOUCH);
    if (isDragging) canvas.setPointerCapture(event.pointerId);
    readAt(stepUnder(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    readAt(stepUnder(event));
    if (isDragging && read !== null) actions.visit(read);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, () => {
      isDragging = false;
    });
  }
  canvas.addEventListener('pointerleave', () => readAt(null));
  plot.addEventListener('keydown', (event) => {
    if (latest === null) return;
    if (event.key === 'Enter' && read !== null) actions.visit(read);
    const change = /** @type {Record<string, number>} */ ({
      ArrowLeft: -1, ArrowRight: 1, PageDown: -100, PageUp: 100, Home: -Infinity, End: Infinity,
    })[event.key];
    if (change === undefined) return;
    event.preventDefault();
    readAt((read ?? latest.step) + change);
  });
  plot.addEventListener('blur', () => readAt(null));

  /** What is known of a step. @param {State} state @param {number} step @param {boolean} isLong */
  function sayStep(state, step, isLong) {
    const reading = state.depth === 'minimal' ? null : readingAt(state.readings, step);
    const say = isLong ? trainingWords.lossSentence : trainingWords.lossReadout;
    return say(step, lossOfStep(state.losses, step), state.means[step - 1] ?? NaN, reading);
  }

  const drawFoot = figureFoot(root, {
    actions, picture: canvas,
    table: ({ readings, means, depth }) => {
      const columns = depth === 'minimal' ? 2 : trainingWords.lossColumns.length;
      return {
        columns: trainingWords.lossColumns.slice(0, columns),
        rows: readings.map(({ step, loss, shown }) =>
          [step, formatLoss(means[step - 1] ?? NaN), formatLoss(loss), formatLoss(shown)].slice(0, columns)),
      };
    },
  });

  const isNew = changes();
  let drawnAt = -Infinity;

  /** @param {State} state */
  function drawPicture(state) {
    const wide = width();
    const height = isNarrow(wide) ? 220 : wide < 900 ? 300 : 360;
    box = chartBox(wide, height, lastStep(state.furthest), lineRange(state), isEven);
    const context = fitCanvas(canvas, box.width, box.height);
    const rungs = rungsOf(state);
    const readings = state.depth === 'minimal' ? [] : state.readings;
    const labels = labelsOf(box, state, rungs);
    drawAxes(context, box);
    drawDots(context, box, state.losses);
    drawGap(context, box, readings);
    drawLadder(context, box, rungs);
    drawLines(context, box, state.means, readings);
    drawLabels(context, box, labels);
    if (read !== null) drawCursor(context, box, Math.min(read, state.furthest), state.means[read - 1] ?? NaN);
    const flags = state.depth === 'minimal' ? [] : [{ label: 'A', step: state.a ?? state.step }, ...(state.b === null ? [] : [{ label: 'B', step: state.b }])];
    drawPlayhead(context, box, state.step, flags);
    setText(legend, isNarrow(wide) ? labels.map(({ letter, text, style }) => `${style === 'rung' ? letter : trainingWords.samples[style]} ${text}`).join(' · ') : '');
  }

  return {
    root,
    draw(state, calm) {
      latest = state;
      if (state.shape === null || width() === 0) return;
      for (const { choice, isChosen } of buttons) setAttribute(choice, 'aria-pressed', String(isChosen()));
      setText(readout, sayStep(calm, Math.min(read ?? calm.step, calm.furthest), false));
      setAttribute(plot, 'aria-label', read === null ? trainingWords.lossTitle : `${trainingWords.lossTitle}. ${sayStep(calm, Math.min(read, calm.furthest), false)}`);
      setSentence(sentence, calm, () => sayStep(calm, calm.step, true));
      drawFoot(calm);
      const now = performance.now();
      if (state.isTraining && now - drawnAt < PICTURE_PERIOD) return;
      if (!isNew(state.losses, state.means, state.readings, state.step, state.depth, state.a, state.b, read, width(), isEven, state.shape, paint())) return;
      drawnAt = now;
      drawPicture(state);
    },
  };
}

/** The range that the lines, not the dots, need. @param {State} state @returns {readonly [number, number]} */
function lineRange({ readings, means }) {
  let least = Infinity;
  let most = -Infinity;
  for (const { loss } of readings) {
    least = Math.min(least, loss);
    most = Math.max(most, loss);
  }
  // The first means are of a few names only.
  for (let step = 20; step <= means.length; step += 1) {
    least = Math.min(least, means[step - 1] ?? least);
    most = Math.max(most, means[step - 1] ?? most);
  }
  return chartRange(least, most);
}
