// The colours and fonts in force, read from the stylesheet once for each theme and palette.

import { rampTable } from '../core/palette.js';

/**
 * @typedef {object} Paint
 * @property {string} ink @property {string} quiet @property {string} edge @property {string} rule
 * @property {string} paper @property {string} sheet @property {string} well
 * @property {string} q @property {string} k @property {string} v @property {string} bar
 * @property {string} sans @property {string} serif @property {string} mono
 * @property {readonly string[]} values 256 colours for −1 to 1
 * @property {readonly string[]} shares 256 colours: 0 to 1 on the upper half
 * @property {boolean} isForced whether the system's own colours are in force
 */

/** Tints where the system's own colours are in force: text on ground. */
const FORCED_TINTS = 5;

/** @type {Paint | null} */
let current = null;

/** @returns {Paint} */
function readPaint() {
  const style = getComputedStyle(document.documentElement);
  const token = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const isForced = window.matchMedia('(forced-colors: active)').matches;
  const [ink, ground] = isForced ? ['CanvasText', 'Canvas'] : [token('ink'), token('paper')];
  const mark = (/** @type {string} */ name) => (isForced ? ink : token(name));
  const stops = ['neg', 'neg-mid', 'zero', 'pos-mid', 'pos'].map(token);
  const tints = Array.from({ length: 256 }, (_, index) => {
    const share = Math.round((Math.abs(index - 127.5) / 127.5) * FORCED_TINTS) / FORCED_TINTS;
    return `color-mix(in srgb, CanvasText ${Math.round(share * 80)}%, Canvas)`;
  });
  return {
    ink, quiet: mark('ink-2'), edge: mark('edge'), rule: mark('rule'), q: mark('q'), k: mark('k'), v: mark('v'), bar: mark('bar'),
    paper: ground, sheet: isForced ? ground : token('sheet'), well: isForced ? ground : token('well'),
    sans: token('sans'), serif: token('serif'), mono: token('mono'),
    values: isForced ? tints : rampTable(stops),
    shares: isForced ? tints : rampTable(['zero', 'zero', 'zero', 'pos-mid', 'pos'].map(token)),
    isForced,
  };
}

/** The colours in force: the same object until they change. @returns {Paint} */
export function paint() {
  current ??= readPaint();
  return current;
}

/** Theme or palette changed: colours are read anew at the next drawing. */
export function repaint() {
  current = null;
}
