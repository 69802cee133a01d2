// The address's fragment: what differs from the defaults. Opening it restores the state.

import { ALL_NAMES, namesInAddress, namesOfAddress } from './names.js';
import { aboutWeights, DEFAULT_SETTINGS } from './settings.js';
import { DEFAULT_CHOICES } from './state.js';
import { PACES } from './story.js';
import { isOffList } from './switches.js';
import { frameWords } from '../words/frame.js';

/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./state.js').Choices} Choices */
/** @typedef {import('./state.js').State} State */

/** Version of the numerics: a change of bits raises it. */
export const NUMERICS = 1;
/** Steps and weights beyond which an address is not opened without being asked. */
const FAR = 20000;
export const LARGE = 1000000;
/** The furthest step that can be asked for. */
export const FURTHEST = 1000000;

/** @typedef {readonly [least: number, most: number, isWhole: boolean]} Range */

/** What each number of a run may be. @type {Readonly<Record<keyof Settings, Range>>} */
export const SETTING_RANGES = Object.freeze({
  seed: /** @type {Range} */ ([0, 4294967295, true]),
  layers: /** @type {Range} */ ([1, 64, true]),
  width: /** @type {Range} */ ([1, 2048, true]),
  heads: /** @type {Range} */ ([1, 256, true]),
  context: /** @type {Range} */ ([2, 256, true]),
  mlpRatio: /** @type {Range} */ ([1, 64, true]),
  lr: /** @type {Range} */ ([1e-9, 1e30, false]),
  beta1: /** @type {Range} */ ([0, 0.999999, false]),
  beta2: /** @type {Range} */ ([0, 0.999999, false]),
  floor: /** @type {Range} */ ([0, 1, false]),
  horizon: /** @type {Range} */ ([1, 1e9, true]),
  initStd: /** @type {Range} */ ([0, 1e6, false]),
  holdOut: /** @type {Range} */ ([0, 0.999999, false]),
  batch: /** @type {Range} */ ([1, 65536, true]),
});

/** Choices that are numbers. */
const CHOICE_RANGES = Object.freeze({
  temperature: /** @type {Range} */ ([0, 5, false]),
  topK: /** @type {Range} */ ([0, 200, true]),
  topP: /** @type {Range} */ ([0.01, 1, false]),
  dice: /** @type {Range} */ ([0, 4294967295, true]),
  a: /** @type {Range} */ ([0, FURTHEST, true]),
  b: /** @type {Range} */ ([0, FURTHEST, true]),
});

/** Choices that are one of a few words. */
const CHOICE_WORDS = Object.freeze({
  depth: /** @type {const} */ (['minimal', 'focused', 'advanced']),
  theme: /** @type {const} */ (['auto', 'light', 'dark']),
  palette: /** @type {const} */ (['amber-red', 'blue-orange']),
});

/** Choices that are texts. */
const TEXTS = /** @type {const} */ (['name', 'text', 'own']);
/** Letters of a text beyond which the rest is dropped. */
const LONGEST_TEXT = 256;
/** Numbers of parts. */
const SHOWN_PARTS = /^[0-8](,[0-8])*$/;

/**
 * @typedef {object} Address
 * @property {Settings} settings
 * @property {import('./names.js').RunNames} names
 * @property {number} step the step to restore
 * @property {Partial<Choices>} choices
 * @property {string[]} problems sentences about values that could not be used
 */

/** @param {string} fragment with or without its # @returns {Address} */
export function parseAddress(fragment) {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const settings = { ...DEFAULT_SETTINGS };
  /** @type {Partial<Choices>} */
  const choices = {};
  /** @type {string[]} */
  const problems = [];
  /** @param {string} key @param {Range} range @returns {number | null} */
  const number = (key, [least, most, isWhole]) => {
    const text = fields.get(key);
    if (text === null) return null;
    const value = text.trim() === '' ? NaN : Number(text);
    if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value;
    problems.push(frameWords.badAddress(key, text));
    return null;
  };
  for (const key of /** @type {(keyof Settings)[]} */ (Object.keys(SETTING_RANGES))) {
    const value = number(key, SETTING_RANGES[key]);
    if (value !== null) settings[key] = value;
  }
  for (const key of /** @type {(keyof typeof CHOICE_RANGES)[]} */ (Object.keys(CHOICE_RANGES))) {
    const value = number(key, CHOICE_RANGES[key]);
    if (value !== null) choices[key] = value;
  }
  for (const [key, allowed] of Object.entries(CHOICE_WORDS)) {
    const text = fields.get(key);
    if (text === null) continue;
    if (/** @type {readonly string[]} */ (allowed).includes(text)) Object.assign(choices, { [key]: text });
    else problems.push(frameWords.badAddress(key, text));
  }
  const pace = fields.get('pace');
  const known = PACES.find((value) => String(value) === pace);
  if (known !== undefined) choices.pace = known;
  else if (pace !== null) problems.push(frameWords.badAddress('pace', pace));
  for (const key of TEXTS) {
    const text = fields.get(key);
    if (text !== null) choices[key] = Array.from(text).slice(0, LONGEST_TEXT).join('');
  }
  if (choices.name !== undefined) choices.isCycling = false;
  const off = fields.get('off');
  if (off !== null && isOffList(off)) choices.off = off;
  else if (off !== null) problems.push(frameWords.badAddress('off', off));
  const show = fields.get('show');
  if (show !== null && SHOWN_PARTS.test(show)) choices.show = show;
  else if (show !== null) problems.push(frameWords.badAddress('show', show));
  const listed = fields.get('names');
  const names = namesOfAddress(listed);
  if (names === null) problems.push(frameWords.badNamesInAddress);
  // Names that came with a link stay in it.
  if (names?.kind === 'own') choices.linksNames = true;
  const version = fields.get('v');
  if (version !== null && version !== String(NUMERICS)) problems.push(frameWords.otherNumerics(version, NUMERICS));
  return { settings, names: names ?? ALL_NAMES, step: number('step', [0, FURTHEST, true]) ?? 0, choices, problems };
}

/** Whether an address asks for so much that the reader is asked first. @param {Address} address */
export const isDemanding = ({ step, settings }) => step > FAR || aboutWeights(settings) > LARGE;

/** @param {State} state @returns {string} the fragment without its # */
export function formatAddress(state) {
  const fields = new URLSearchParams();
  if (state.step > 0) fields.set('step', String(state.step));
  for (const key of /** @type {(keyof Settings)[]} */ (Object.keys(DEFAULT_SETTINGS))) {
    if (state.settings[key] !== DEFAULT_SETTINGS[key]) fields.set(key, String(state.settings[key]));
  }
  const choices = /** @type {(keyof Choices)[]} */ ([...TEXTS, ...Object.keys(CHOICE_WORDS), ...Object.keys(CHOICE_RANGES), 'pace', 'show']);
  for (const key of choices) {
    // The name that changes by itself is nobody's choice, and a text with a problem is not shown.
    if ((key === 'name' && state.isCycling) || (key === 'text' && state.textProblem !== '')) continue;
    if (state[key] !== DEFAULT_CHOICES[key] && state[key] !== null) fields.set(key, String(state[key]));
  }
  if (state.off !== '') fields.set('off', state.off);
  const names = state.names.kind === 'own' && !state.linksNames ? '' : namesInAddress(state.names) ?? '';
  if (names !== '') fields.set('names', names);
  if (fields.toString() === '') return '';
  fields.set('v', String(NUMERICS));
  // Commas may stand as they are.
  return fields.toString().replaceAll('%2C', ',');
}
