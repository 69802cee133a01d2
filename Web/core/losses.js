// The list of losses: sum and number of predictions of each step, side by side.

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

/**
 * What is of a step that was not read: a trainer that was started again may come by a step a second time.
 * @template {{ step: number }} T @param {readonly import('../engine/messages.js').Reading[]} readings @param {readonly T[]} more @returns {T[]}
 */
export const notRead = (readings, more) => more.filter(({ step }) => readings.every((known) => known.step !== step));

/** Readings and more of them, in the order of their steps. @param {readonly import('../engine/messages.js').Reading[]} readings @param {readonly import('../engine/messages.js').Reading[]} more */
export function withReadings(readings, more) {
  const fresh = notRead(readings, more);
  return fresh.length === 0 ? readings : [...readings, ...fresh].sort((a, b) => a.step - b.step);
}

/**
 * A list with more in it from index `start` on; the list itself if it knows all of that. Both share memory where there is room:
 * a run only ever adds to what it told, however often it is played.
 * @param {Float64Array} list @param {number} start @param {Float64Array} more @returns {Float64Array}
 */
export function extended(list, start, more) {
  const length = start + more.length;
  if (length <= list.length) return list;
  const hasRoom = length * list.BYTES_PER_ELEMENT <= list.buffer.byteLength;
  const longer = new Float64Array(hasRoom ? list.buffer : new ArrayBuffer(2 * length * list.BYTES_PER_ELEMENT), 0, length);
  if (!hasRoom) longer.set(list);
  longer.set(more, start);
  return longer;
}
