// How long training will take, from steps that were timed on this device.

import { isReadingStep } from './timeline.js';

/** @typedef {{ stepsPerSecond: number, secondsPerReading: number }} Speed of a run: its steps, and its readings of the losses */

/** Seconds for the first `steps` steps with their readings. @param {Speed} speed @param {number} steps @returns {number} */
export function forecastSeconds({ stepsPerSecond, secondsPerReading }, steps) {
  return steps / stepsPerSecond + readingsIn(steps) * secondsPerReading;
}

/** Readings of the losses in the first `steps` steps. @param {number} steps @returns {number} */
export function readingsIn(steps) {
  let count = 0;
  for (let step = 1; step <= steps; step += 1) if (isReadingStep(step)) count += 1;
  return count;
}
