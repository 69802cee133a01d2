// Paints the pass: tables and rows as cells of colour, the trunk, what is in hand.

import { TRUNK } from '../../core/pass-layout.js';
import { fitCanvas } from '../elements.js';
import { drawNotch, drawSign } from '../heat-map.js';
import { paint } from '../paint.js';

/** @typedef {import('../../core/pass-layout.js').PassBox} PassBox */
/** @typedef {import('../../core/pass-layout.js').PassLayout} PassLayout */
/** @typedef {{ ofBox(box: PassBox): ArrayLike<number> | undefined, scaleOf(box: PassBox): number, isShare(box: PassBox): boolean }} PassNumbers */
/** @typedef {{ box: PassBox, row: number, column: number }} PassPlace */
/** @typedef {{ place: PassPlace | null, others: readonly PassPlace[], tokenRow: number, positionRow: number, marksSigns: boolean, textOf(label: import('../../core/pass-layout.js').PassLabel): string, letters: readonly string[], tokens: readonly string[] }} PassMarks */

/** Colours of a ramp as pixels, by ramp. @type {WeakMap<readonly string[], Uint8ClampedArray>} */
const bytesOfRamp = new WeakMap();

/** @param {readonly string[]} ramp @returns {Uint8ClampedArray} 256 pixels */
function rampBytes(ramp) {
  const known = bytesOfRamp.get(ramp);
  if (known !== undefined) return known;
  const canvas = document.createElement('canvas');
  const context = fitPixels(canvas, ramp.length, 1);
  ramp.forEach((colour, index) => {
    context.fillStyle = colour;
    context.fillRect(index, 0, 1, 1);
  });
  const { data } = context.getImageData(0, 0, ramp.length, 1);
  bytesOfRamp.set(ramp, data);
  return data;
}

/** @param {HTMLCanvasElement} canvas @param {number} wide @param {number} high */
function fitPixels(canvas, wide, high) {
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser can’t draw on a canvas.');
  return context;
}

/** Keeps a small picture a box, a pixel a number. */
export function createPassPainter() {
  /** @type {Map<string, HTMLCanvasElement>} */
  const tiles = new Map();

  /** @param {string} key @param {ArrayLike<number>} values @param {number} wide @param {number} high @param {readonly string[]} ramp @param {number} scale */
  function tile(key, values, wide, high, ramp, scale) {
    const canvas = tiles.get(key) ?? document.createElement('canvas');
    tiles.set(key, canvas);
    const context = fitPixels(canvas, wide, high);
    const image = context.createImageData(wide, high);
    const colours = rampBytes(ramp);
    for (let index = 0; index < wide * high; index += 1) {
      const place = Math.min(1, Math.max(-1, (values[index] ?? 0) / scale));
      const entry = 4 * Math.round(((Number.isNaN(place) ? 0 : place) + 1) * 127.5);
      for (let byte = 0; byte < 4; byte += 1) image.data[4 * index + byte] = colours[entry + byte] ?? 0;
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }

  /** @param {HTMLCanvasElement} canvas @param {PassLayout} layout @param {PassNumbers} numbers @param {PassMarks} marks */
  return function drawPass(canvas, layout, numbers, marks) {
    const colours = paint();
    const context = fitCanvas(canvas, layout.wide, layout.high);
    drawTrunk(context, layout);
    context.imageSmoothingEnabled = false;
    for (const box of layout.boxes) {
      const values = numbers.ofBox(box);
      const scale = numbers.scaleOf(box);
      for (const [number, region] of box.regions.entries()) {
        const { x, y, wide, high, isTurned } = region;
        const [across, down] = isTurned ? [1, box.columns] : [box.columns, box.rows];
        if (values === undefined) {
          context.strokeStyle = colours.rule;
          context.strokeRect(x + 0.5, y + 0.5, across * wide - 1, down * high - 1);
          continue;
        }
        context.drawImage(
          tile(`${box.key}/${number}`, values, across, down, numbers.isShare(box) ? colours.shares : colours.values, scale), x, y, across * wide, down * high);
        if (wide < 6 || isTurned) continue;
        context.fillStyle = colours.sheet;
        for (let column = 1; column < across; column += 1) context.fillRect(x + column * wide - 1, y, 1, down * high);
        for (let row = 1; row < down; row += 1) context.fillRect(x, y + row * high - 1, across * wide, 1);
        for (let index = 0; index < across * down; index += 1) {
          const value = values[index] ?? 0;
          const [left, upper] = [x + (index % across) * wide, y + Math.floor(index / across) * high];
          if (Math.abs(value) > scale) drawNotch(context, left + wide - 1, upper);
          if (value < 0 && wide >= 9 && (marks.marksSigns || colours.isForced) && !numbers.isShare(box)) drawSign(context, left, upper, wide - 1, high - 1);
        }
      }
    }
    drawPassLabels(context, layout, marks);
    const [wte, wpe] = layout.boxes;
    context.strokeStyle = colours.ink;
    context.lineWidth = 1;
    for (const [box, row] of /** @type {const} */ ([[wte, marks.tokenRow], [layout.boxes.find(({ tensor }) => tensor === 1) ?? wpe, marks.positionRow]])) {
      const region = box?.regions[0];
      if (box !== undefined && region !== undefined) context.strokeRect(region.x - 1.5, region.y + row * region.high - 1.5, box.columns * region.wide + 3, region.high + 3);
    }
    for (const place of marks.others) outline(context, place, 1);
    if (marks.place !== null) outline(context, marks.place, 2);
  };
}

/** A frame around a cell, wherever its box is drawn. @param {CanvasRenderingContext2D} context @param {PassPlace} place @param {number} thick */
function outline(context, { box, row, column }, thick) {
  const { ink, sheet } = paint();
  for (const { x, y, wide, high, isTurned } of box.regions) {
    // A column of −1 is the whole row.
    const [first, count] = column === -1 ? [0, box.columns] : [column, 1];
    const [left, top, across, down] = isTurned
      ? [x, y + first * high, wide, count * high] : [x + first * wide, y + row * high, count * wide, high];
    for (const [colour, line] of /** @type {const} */ ([[sheet, thick + 2], [ink, thick]])) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.strokeRect(left - 1.5, top - 1.5, across + 3, down + 3);
    }
  }
}

/** The residual stream, what reads it and what is added. @param {CanvasRenderingContext2D} context @param {PassLayout} layout */
function drawTrunk(context, { trunk, joints, wires }) {
  const { ink, edge, sheet } = paint();
  context.strokeStyle = edge;
  context.lineWidth = 1;
  context.beginPath();
  for (const { x, y, toX, toY } of wires) {
    context.moveTo(x, y);
    if (x === TRUNK) {
      // From under the table to the trunk.
      context.lineTo(toX, y);
      context.lineTo(toX, toY + 3);
    } else {
      context.lineTo(toX, toY);
    }
  }
  for (const { y } of joints) {
    context.moveTo(TRUNK, y);
    context.lineTo(TRUNK + 16, y);
  }
  context.stroke();
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(TRUNK, trunk.top);
  context.lineTo(TRUNK, trunk.bottom);
  context.stroke();
  for (const { y, isMerge } of joints) {
    if (!isMerge) continue;
    context.fillStyle = sheet;
    context.beginPath();
    context.arc(TRUNK, y, 7, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.beginPath();
    context.moveTo(TRUNK - 4, y);
    context.lineTo(TRUNK + 4, y);
    context.moveTo(TRUNK, y - 4);
    context.lineTo(TRUNK, y + 4);
    context.stroke();
  }
}

/** @param {CanvasRenderingContext2D} context @param {PassLayout} layout @param {PassMarks} marks */
function drawPassLabels(context, { labels }, marks) {
  const { ink, quiet, q, k, v, sans, serif, mono } = paint();
  context.textBaseline = 'alphabetic';
  for (const label of labels) {
    context.textAlign = 'left';
    if (label.kind === 'letters') {
      const { cell } = label;
      const texts = label.layer === null ? marks.tokens : marks.letters;
      if (cell < 6) continue;
      context.font = `${Math.min(13, Math.max(9, cell - 1))}px ${mono}`;
      context.fillStyle = quiet;
      context.textAlign = 'center';
      texts.forEach((text, index) => context.fillText(text, label.x + (index + 0.5) * cell, label.y));
      continue;
    }
    const part = label.box?.row.part;
    if (label.kind === 'symbol') context.textAlign = 'center';
    const isQuiet = label.kind === 'row' || label.kind === 'symbol';
    context.font = label.kind === 'layer' ? `600 17px ${serif}` : label.kind === 'row' ? `13px ${sans}` : `${isQuiet ? '' : '600 '}13px ${mono}`;
    context.fillStyle = label.kind === 'layer' ? ink : isQuiet ? quiet : part === 'q' ? q : part === 'k' ? k : part === 'v' ? v : ink;
    context.fillText(marks.textOf(label), label.x, label.y);
  }
}
