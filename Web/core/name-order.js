// In which order the name on show goes through the list: in strides, so that neighbours of the alphabet don't follow each
// other, and every name comes once before any comes again.

/** @param {number} a @param {number} b @returns {number} greatest common divisor */
function divisor(a, b) {
  return b === 0 ? a : divisor(b, a % b);
}

/**
 * The place of the name that comes `by` names after `place`.
 * @param {number} place @param {number} by may be negative @param {number} count names @returns {number}
 */
export function nextPlace(place, by, count) {
  let stride = Math.max(1, Math.round(count * 0.618));
  while (divisor(stride, count) > 1) stride += 1;
  return (((place + by * stride) % count) + count) % count;
}
