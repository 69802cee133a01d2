// Geometry of the loss chart: pure numbers, in CSS pixels.

import { positionOf, stepAt } from './timeline.js';

/**
 * @typedef {object} ChartBox
 * @property {number} width
 * @property {number} height
 * @property {number} left
 * @property {number} right margin
 * @property {number} top
 * @property {number} bottom margin
 * @property {number} last step at the right end
 * @property {number} low loss at the bottom
 * @property {number} high loss at the top
 * @property {boolean} isEven whether steps stand evenly; else stretched as on the timeline
 */

/** Width below which labels stand under the plot. */
const NARROW = 480;

/** @param {number} width @param {number} height @param {number} last @param {readonly [number, number]} range @param {boolean} [isEven] @returns {ChartBox} */
export function chartBox(width, height, last, [low, high], isEven = false) {
  return { width, height, left: 36, right: isNarrow(width) ? 12 : 160, top: 8, bottom: 26, last, low, high, isEven };
}

/** Whether labels stand under the plot. @param {number} width @returns {boolean} */
export const isNarrow = (width) => width < NARROW;

/** @param {ChartBox} box @param {number} step @returns {number} */
export function chartX(box, step) {
  const position = box.isEven ? step / box.last : positionOf(step, box.last);
  return box.left + position * (box.width - box.left - box.right);
}

/** @param {ChartBox} box @param {number} loss @returns {number} */
export function chartY(box, loss) {
  return box.top + ((box.high - loss) / (box.high - box.low)) * (box.height - box.top - box.bottom);
}

/** The step at a place of the chart, at least 0. @param {ChartBox} box @param {number} x @returns {number} */
export function chartStep(box, x) {
  const share = Math.min(1, Math.max(0, (x - box.left) / (box.width - box.left - box.right)));
  return box.isEven ? Math.round(share * box.last) : stepAt(share, box.last);
}

/** The range of losses: 1.0 to 3.6, wider in stops when a line leaves it. @param {number} least @param {number} most @returns {readonly [number, number]} */
export function chartRange(least, most) {
  const high = [3.6, 5, 10, 20].find((stop) => most <= stop) ?? Math.ceil(most);
  return [least < 1 ? 0 : 1, high];
}

/**
 * Labels moved apart so that none covers another: tops at least `gap` apart, in the order of their places.
 * @param {readonly number[]} places @param {number} gap @returns {number[]}
 */
export function spreadLabels(places, gap) {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const spread = places.slice();
  for (let i = 1; i < order.length; i += 1) {
    const above = order[i - 1] ?? 0;
    const index = order[i] ?? 0;
    spread[index] = Math.max(spread[index] ?? 0, (spread[above] ?? 0) + gap);
  }
  return spread;
}
