// Reading the list of losses: sum and number of predictions of each step, side by side.

/** Mean loss of one step's predictions. @param {Float64Array} losses @param {number} step from 1 @returns {number} nats */
export function lossOfStep(losses, step) {
  return (losses[2 * step - 2] ?? NaN) / (losses[2 * step - 1] ?? NaN);
}

/** The last held-out reading at or before a step. @param {readonly import('../engine/messages.js').Reading[]} readings @param {number} step @returns {import('../engine/messages.js').Reading | null} */
export function readingAt(readings, step) {
  let found = null;
  for (const reading of readings) {
    if (reading.step > step) break;
    found = reading;
  }
  return found;
}
