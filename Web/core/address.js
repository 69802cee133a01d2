// The address's fragment: what differs from the defaults. Opening it restores the state.

import { DEFAULT_SETTINGS } from './settings.js';
import { PACES } from './story.js';
import { words } from './words.js';

/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./state.js').State} State */

/** Version of the numerics: a change of bits raises it. */
export const NUMERICS = 1;

/** What each number of a run may be: least, most, whole. @type {Readonly<Record<keyof Settings, readonly [number, number, boolean]>>} */
const RANGES = Object.freeze({
  seed: /** @type {const} */ ([0, 4294967295, true]),
  layers: /** @type {const} */ ([1, 64, true]),
  width: /** @type {const} */ ([1, 2048, true]),
  heads: /** @type {const} */ ([1, 256, true]),
  context: /** @type {const} */ ([2, 256, true]),
  mlpRatio: /** @type {const} */ ([1, 64, true]),
  lr: /** @type {const} */ ([1e-9, 1e30, false]),
  beta1: /** @type {const} */ ([0, 0.999999, false]),
  beta2: /** @type {const} */ ([0, 0.999999, false]),
  floor: /** @type {const} */ ([0, 1, false]),
  horizon: /** @type {const} */ ([1, 1e9, true]),
  initStd: /** @type {const} */ ([0, 1e6, false]),
  holdOut: /** @type {const} */ ([0, 0.999999, false]),
  batch: /** @type {const} */ ([1, 65536, true]),
});

/**
 * @typedef {object} Address
 * @property {Settings} settings
 * @property {number} step the step to restore
 * @property {Partial<Pick<State, 'text' | 'depth' | 'theme' | 'pace'>>} state
 * @property {string[]} problems sentences about values that could not be used
 */

/** @param {string} fragment with or without its # @returns {Address} */
export function parseAddress(fragment) {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const settings = { ...DEFAULT_SETTINGS };
  /** @type {string[]} */
  const problems = [];
  /** @param {string} key @param {number} least @param {number} most @param {boolean} isWhole @returns {number | null} */
  const number = (key, least, most, isWhole) => {
    const text = fields.get(key);
    if (text === null) return null;
    const value = text.trim() === '' ? NaN : Number(text);
    if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value;
    problems.push(words.badAddress(key, text));
    return null;
  };
  for (const key of /** @type {(keyof Settings)[]} */ (Object.keys(RANGES))) {
    const value = number(key, ...RANGES[key]);
    if (value !== null) settings[key] = value;
  }
  /** @type {Address['state']} */
  const state = {};
  /** @template {string} T @param {string} key @param {readonly T[]} allowed @returns {T | null} */
  const choice = (key, allowed) => {
    const text = fields.get(key);
    if (text === null) return null;
    const found = allowed.find((value) => value === text);
    if (found === undefined) problems.push(words.badAddress(key, text));
    return found ?? null;
  };
  const depth = choice('depth', /** @type {const} */ (['minimal', 'focused', 'advanced']));
  if (depth !== null) state.depth = depth;
  const theme = choice('theme', /** @type {const} */ (['auto', 'light', 'dark']));
  if (theme !== null) state.theme = theme;
  const pace = fields.get('pace');
  const known = PACES.find((value) => String(value) === pace);
  if (known !== undefined) state.pace = known;
  const name = fields.get('name');
  if (name !== null) state.text = name.slice(0, 256);
  return { settings, step: number('step', 0, 20000, true) ?? 0, state, problems };
}

/** @param {State} state @returns {string} the fragment without its # */
export function formatAddress(state) {
  const fields = new URLSearchParams();
  if (state.step > 0) fields.set('step', String(state.step));
  for (const key of /** @type {(keyof Settings)[]} */ (Object.keys(DEFAULT_SETTINGS))) {
    if (state.settings[key] !== DEFAULT_SETTINGS[key]) fields.set(key, String(state.settings[key]));
  }
  if (state.text !== 'mei' && state.textProblem === '') fields.set('name', state.text);
  if (state.depth !== 'focused') fields.set('depth', state.depth);
  if (state.theme !== 'auto') fields.set('theme', state.theme);
  if (fields.toString() === '') return '';
  fields.set('v', String(NUMERICS));
  return fields.toString();
}
