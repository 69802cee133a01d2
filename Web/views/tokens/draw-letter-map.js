// Draws the letters' map on a canvas.

import { mapX, mapY } from '../../core/letter-map.js';
import { fitCanvas } from '../elements.js';
import { paint } from '../paint.js';

/** Letters that are boxed. */
const VOWELS = 'aeiou';
const LETTER_SIZE = 15;
/** Half the side of a vowel's box, and the radius of the marks. */
const BOX_HALF = 9;
const MARK_RADIUS = 13;

/**
 * @typedef {object} LettersOnMap
 * @property {Float64Array} points x and y side by side
 * @property {import('../../core/letter-map.js').MapBox} box
 * @property {readonly string[]} labels by token
 * @property {number} chosen token
 * @property {readonly number[]} nearest tokens
 */

/** @param {HTMLCanvasElement} canvas @param {LettersOnMap} map */
export function drawLetterMap(canvas, { points, box, labels, chosen, nearest }) {
  const colours = paint();
  const context = fitCanvas(canvas, box.size, box.size);
  const x = (/** @type {number} */ token) => mapX(box, points[2 * token] ?? 0);
  const y = (/** @type {number} */ token) => mapY(box, points[2 * token + 1] ?? 0);
  context.fillStyle = colours.well;
  context.fillRect(0, 0, box.size, box.size);
  context.strokeStyle = colours.rule;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, Math.round(mapY(box, 0)) + 0.5);
  context.lineTo(box.size, Math.round(mapY(box, 0)) + 0.5);
  context.moveTo(Math.round(mapX(box, 0)) + 0.5, 0);
  context.lineTo(Math.round(mapX(box, 0)) + 0.5, box.size);
  context.stroke();

  context.strokeStyle = colours.ink;
  context.beginPath();
  for (const token of nearest) {
    context.moveTo(x(chosen), y(chosen));
    context.lineTo(x(token), y(token));
  }
  context.stroke();

  context.font = `500 ${LETTER_SIZE}px ${colours.mono}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  // The letters marked come last, so that none covers them.
  const order = labels.map((_, token) => token).filter((token) => token !== chosen && !nearest.includes(token));
  for (const token of [...order, ...nearest, chosen]) {
    const [left, top] = [x(token), y(token)];
    const label = labels[token] ?? '';
    const isChosen = token === chosen;
    if (isChosen || nearest.includes(token)) {
      context.beginPath();
      context.arc(left, top, MARK_RADIUS, 0, 2 * Math.PI);
      context.fillStyle = isChosen ? colours.ink : colours.sheet;
      context.fill();
      context.lineWidth = 1.5;
      context.strokeStyle = colours.ink;
      context.stroke();
    } else {
      context.lineWidth = 3;
      context.strokeStyle = colours.well;
      context.strokeText(label, left, top);
    }
    if (VOWELS.includes(label)) {
      context.lineWidth = 1;
      context.strokeStyle = isChosen ? colours.sheet : colours.ink;
      context.strokeRect(Math.round(left - BOX_HALF) + 0.5, Math.round(top - BOX_HALF) + 0.5, 2 * BOX_HALF, 2 * BOX_HALF);
    }
    context.fillStyle = isChosen ? colours.sheet : colours.ink;
    context.fillText(label, left, top);
  }
}
