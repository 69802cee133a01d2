// Steps along the timeline and the loss chart, which share one stretched axis: position = ∛(step / last).

/** The step at which a run stops by itself. */
export const RUN_LENGTH = 5000;

/** The steps that are marked, and at which "Same dice, seven ages" rolls. */
export const AGES = Object.freeze([0, 10, 100, 500, 1000, 2500, 5000]);

/** The last step of the axis. @param {number} furthest the furthest step reached @returns {number} */
export function lastStep(furthest) {
  return Math.max(RUN_LENGTH, furthest);
}

/** Where a step stands, 0 to 1. @param {number} step @param {number} last @returns {number} */
export function positionOf(step, last) {
  return Math.cbrt(step / last);
}

/** The step at a position from 0 to 1. @param {number} position @param {number} last @returns {number} */
export function stepAt(position, last) {
  return Math.round(last * position ** 3);
}

/** Bytes of weights that may wait for the reader: 78 times those of the model that a visitor meets. */
export const READER_ROOM = 8 * 1024 * 1024;

/** Readings of the held-out loss, even along the axis: each costs as much as a hundred steps. */
const READINGS = 32;

/**
 * Whether the held-out loss is read at a step: at the marked ones and evenly along the axis of a run of 5,000; then every 500.
 * @param {number} step @returns {boolean}
 */
export function isReadingStep(step) {
  if (AGES.includes(step)) return true;
  if (step > RUN_LENGTH) return step % 500 === 0;
  const nearest = Math.round(READINGS * positionOf(step, RUN_LENGTH));
  return [nearest - 1, nearest, nearest + 1].some((i) => stepAt(i / READINGS, RUN_LENGTH) === step);
}

/** The next step after `step` at which the trainer must stop for a reading, a snapshot or an age. @param {number} step @returns {number} */
export function nextStop(step) {
  let next = step + 1;
  while (!isReadingStep(next) && next % 100 !== 0 && !isMilestone(next)) next += 1;
  return next;
}

/** Whether the letters' map is fitted anew at a step: the ages, then at every doubling. @param {number} step @returns {boolean} */
export function isMilestone(step) {
  return AGES.includes(step) || (step > RUN_LENGTH && Number.isInteger(Math.log2(step / RUN_LENGTH)));
}
