// The labels of the loss chart: the ladder's rungs, the lines, the gap.

import { freePlaces } from '../../core/chart-labels.js';
import { chartY, isNarrow, spreadLabels } from '../../core/chart.js';
import { formatLoss } from '../../core/numbers.js';
import { trainingWords } from '../../words/training.js';
import { paint } from '../paint.js';
import { HATCH, lineOf } from './draw-loss.js';

/** @typedef {import('../../core/chart.js').ChartBox} ChartBox */
/** @typedef {import('../../core/state.js').State} State */

/** Pixels between two labels, and of the piece of line before one. */
const LABEL_GAP = 16;
const SAMPLE = 18;

/** @typedef {'rung' | 'line' | 'dashes' | 'hatching'} LabelStyle */
/** @typedef {{ text: string, letter: string, y: number, style: LabelStyle }} ChartLabel a label on the line it names; `letter` where there is no room for more */

/** The rungs that are drawn at a depth. @param {State} state @returns {{ label: string, letter: string, loss: number }[]} */
export function rungsOf({ shape, depth }) {
  if (shape === null) return [];
  const kinds = depth === 'minimal' ? /** @type {const} */ (['uniform', 'bigram']) : /** @type {const} */ (['uniform', 'unigram', 'bigram', 'trigram']);
  return kinds.map((kind, index) => ({ label: trainingWords.rungs[kind], letter: 'abcd'[index] ?? '', loss: shape.baselines[kind] }));
}

/** What there is to label: the ladder, the lines at their last step, and the gap. @param {ChartBox} box @param {State} state @param {readonly { label: string, letter: string, loss: number }[]} rungs @returns {ChartLabel[]} */
export function labelsOf(box, { means, readings, depth }, rungs) {
  /** @type {ChartLabel[]} */
  const labels = rungs.map(({ label, letter, loss }) => ({ text: `${label} ${formatLoss(loss)}`, letter, y: chartY(box, loss), style: 'rung' }));
  const inside = (/** @type {number} */ loss) => chartY(box, Math.max(box.low, Math.min(box.high, loss)));
  const mean = means.at(-1);
  if (mean !== undefined) labels.push({ text: trainingWords.lines.mean, letter: '', y: inside(mean), style: 'line' });
  const reading = readings.at(-1);
  if (reading === undefined || depth === 'minimal') return labels;
  labels.push({ text: trainingWords.lines.heldBack, letter: '', y: inside(reading.loss), style: 'dashes' });
  if (inside(reading.shown) - inside(reading.loss) >= HATCH) labels.push({ text: trainingWords.lines.gap, letter: '', y: inside((reading.loss + reading.shown) / 2), style: 'hatching' });
  return labels;
}

/** The labels: at the right of the lines they name, or the rungs' letters on them. @param {CanvasRenderingContext2D} context @param {ChartBox} box @param {readonly ChartLabel[]} labels */
export function drawLabels(context, box, labels) {
  const { ink, quiet, edge, sans } = paint();
  const right = box.width - box.right;
  context.font = `13px ${sans}`;
  context.fillStyle = quiet;
  if (isNarrow(box.width)) {
    context.textAlign = 'right';
    for (const { letter, y } of labels) context.fillText(letter, right - 8, y - 4);
    return;
  }
  context.textAlign = 'left';
  // The rungs' labels stay on their lines; the others find room beside them.
  const [rungs, lines] = [labels.filter(({ style }) => style === 'rung'), labels.filter(({ style }) => style !== 'rung')];
  const taken = spreadLabels(rungs.map(({ y }) => y), LABEL_GAP);
  const places = [...taken, ...freePlaces(taken, lines.map(({ y }) => y), LABEL_GAP)];
  [...rungs, ...lines].forEach(({ text, style }, index) => {
    const y = places[index] ?? 0;
    const left = right + 8;
    if (style === 'rung') {
      context.fillText(text, left, y + 4);
      return;
    }
    context.fillText(text, left + SAMPLE + 6, y + 4);
    context.beginPath();
    if (style === 'hatching') for (let x = left; x <= left + SAMPLE; x += HATCH) lineOf(context, x - 4, y + 4, x + 4, y - 4);
    else lineOf(context, left, y, left + SAMPLE, y);
    context.setLineDash(style === 'dashes' ? [7, 4] : []);
    context.lineWidth = style === 'hatching' ? 1 : 2;
    context.strokeStyle = style === 'hatching' ? edge : ink;
    context.stroke();
    context.setLineDash([]);
  });
}
