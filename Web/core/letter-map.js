// Geometry of the letters' map: pure numbers, in CSS pixels.

/** @typedef {{ size: number, reach: number }} MapBox side of the square, and the value at its edge */

/** Where the square's edge may stand: the scale widens in stops only, so that growth is seen. */
const REACHES = [1.4, 2.5, 4, 8, 16];
/** Room for a letter at the edge. */
const MAP_MARGIN = 16;

/** @param {number} size @param {ArrayLike<number>} points x and y side by side @returns {MapBox} */
export function mapBox(size, points) {
  const most = Array.from(points).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return { size, reach: REACHES.find((reach) => most <= reach) ?? Math.ceil(most) };
}

/** @param {MapBox} box @param {number} x @returns {number} */
export function mapX(box, x) {
  return box.size / 2 + (x / box.reach) * (box.size / 2 - MAP_MARGIN);
}

/** @param {MapBox} box @param {number} y @returns {number} */
export function mapY(box, y) {
  return box.size / 2 - (y / box.reach) * (box.size / 2 - MAP_MARGIN);
}

/**
 * The token whose point is nearest to a place.
 * @param {MapBox} box @param {ArrayLike<number>} points @param {number} left @param {number} top @returns {number}
 */
export function nearestOnMap(box, points, left, top) {
  let nearest = 0;
  let least = Infinity;
  for (let token = 0; 2 * token < points.length; token += 1) {
    const distance = Math.hypot(mapX(box, points[2 * token] ?? 0) - left, mapY(box, points[2 * token + 1] ?? 0) - top);
    if (distance >= least) continue;
    least = distance;
    nearest = token;
  }
  return nearest;
}
