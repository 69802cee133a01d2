// Sentences that code writes in the Workbench.

import { formatCount } from '../core/numbers.js';
import { DEFAULT_SETTINGS } from '../core/settings.js';

/** @typedef {import('../core/settings.js').Settings} Settings */
/** @typedef {import('../engine/messages.js').Plan} Plan */

/** What each field is called, and what it takes. @type {Readonly<Record<keyof Settings, { label: string, range: string }>>} */
const FIELDS = Object.freeze({
  seed: { label: 'seed', range: 'whole, 0 to 4,294,967,295' },
  layers: { label: 'layers', range: 'whole, 1 to 64' },
  width: { label: 'width', range: 'whole, 1 to 2,048' },
  heads: { label: 'heads a layer', range: 'whole, 1 to 256; divides the width' },
  context: { label: 'context, in places', range: 'whole, 2 to 256' },
  mlpRatio: { label: 'MLP ratio', range: 'whole, 1 to 64' },
  lr: { label: 'learning rate', range: 'above 0' },
  beta1: { label: 'Adam β₁', range: '0 to below 1' },
  beta2: { label: 'Adam β₂', range: '0 to below 1' },
  floor: { label: 'floor of the rate', range: '0 to 1' },
  horizon: { label: 'horizon, in steps', range: 'whole, from 1' },
  initStd: { label: 'spread at the start', range: '0 to 1,000,000' },
  holdOut: { label: 'share held back', range: '0 to below 1' },
  batch: { label: 'names a step', range: 'whole, 1 to 65,536' },
});

/** Characters that a name can't hold, by the name that people give them. */
const REFUSED = new Map([[0x09, 'a tab'], [0x0d, 'a carriage return'], [0x2c, 'a comma'], [0x3b, 'a semicolon']]);
/** @param {number} scalar */
const scalarName = (scalar) => REFUSED.get(scalar) ?? `the character U+${scalar.toString(16).toUpperCase().padStart(4, '0')}`;
/** @param {number} count @param {string} one @param {string} many */
const countOf = (count, one, many) => `${formatCount(count)} ${count === 1 ? one : many}`;

export const workbenchWords = Object.freeze({
  fields: FIELDS,
  readFirst: Object.freeze(['names', 'alphabet', 'cut', 'weights', '5,000 steps']),
  trainFields: 'Train with these settings',
  trainLarge: 'More than 1,000,000 weights: train anyway',

  /** What run is on show. @param {'all' | 'first' | 'own'} kind @param {number} count @param {Settings} settings */
  runOnShow(kind, count, settings) {
    const names = kind === 'own' ? countOf(count, 'own name', 'own names') : kind === 'first' ? `the first ${count} dinosaurs` : `all ${formatCount(count)} dinosaurs`;
    const others = /** @type {(keyof Settings)[]} */ (Object.keys(settings)).filter((key) => key !== 'seed' && settings[key] !== DEFAULT_SETTINGS[key])
      .map((key) => `${FIELDS[key].label} ${settings[key]}`);
    return `On show: ${[names, ...others, `seed ${settings.seed}`].join(' · ')}`;
  },

  /** @param {Plan} plan */
  planNames: ({ names, heldOut }) => `${formatCount(names)}${heldOut > 0 ? `, ${formatCount(heldOut)} of them held back` : ', none held back'}`,
  /** @param {Plan} plan */
  planLetters: ({ letters }) => countOf(letters, 'letter', 'letters'),
  /** @param {Plan} plan @param {number} most */
  planCut: ({ cut, longest }, most) => (cut === 0 ? `none: at most ${countOf(longest, 'letter', 'letters')}` : `${countOf(cut, 'name', 'names')}, after ${countOf(most, 'letter', 'letters')}`),
  /** @param {Plan} plan */
  planWeights: ({ parameters }) => formatCount(parameters),
  /** @param {number} seconds */
  about(seconds) {
    if (seconds < 1) return 'under a second here';
    if (seconds < 90) return `about ${countOf(Math.round(seconds), 'second', 'seconds')} here, at full pace`;
    if (seconds < 5400) return `about ${countOf(Math.round(seconds / 60), 'minute', 'minutes')} here, at full pace`;
    return `about ${countOf(Math.round(seconds / 3600), 'hour', 'hours')} here, at full pace`;
  },
  /** @param {boolean} isImpossible @param {boolean} isTraining */
  notTimed: (isImpossible, isTraining) => (isImpossible ? 'this run breaks' : isTraining ? 'timed when you pause' : 'timing …'),

  noNames: 'There is no name yet: write one name a line.',
  notText: 'This file is not UTF-8 text: save it as plain text, one name a line.',
  /** @param {number} most bytes */
  tooBig: (most) => `This is too long: at most ${formatCount(most)} bytes can be read. Give a shorter list.`,
  /** @param {number} count @param {number} most */
  tooManyNames: (count, most) => `These are ${formatCount(count)} names: at most ${formatCount(most)} train here. Give fewer.`,
  /** What is wrong with names. @param {Plan} plan @returns {string} */
  namesProblem({ problem, about: [first = 0, second = 0, third = 0] }) {
    const line = `Line ${formatCount(first)}`;
    if (problem === 1) return workbenchWords.noNames;
    if (problem === 2) return `${line}, place ${formatCount(second)} is not UTF-8: save the list as plain text.`;
    if (problem === 3) return `${line}, place ${formatCount(second)}: ${scalarName(third)} can’t be part of a name. Write one name a line and nothing else.`;
    if (problem === 4) return `${line} has more than ${second} letters. Write one name a line.`;
    return `These names use ${formatCount(first)} different letters: at most ${second} can be told apart. Give names in one script.`;
  },
  /** @param {keyof Settings} key @param {string} text */
  badField: (key, text) => `${FIELDS[key].label}: ${text === '' ? 'nothing' : `“${text.slice(0, 20)}”`} can’t be. It takes: ${FIELDS[key].range}.`,
  /** What is wrong with sizes or recipe. @param {Plan} plan @returns {string} */
  planProblem({ problem, about: [first = 0, second = 0] }) {
    if (problem === 16) return `${countOf(first, 'head', 'heads')} can’t share a width of ${formatCount(second)} equally. Choose a width that ${formatCount(first)} divides.`;
    if (problem === 17) return `Layers times heads is ${formatCount(first)}: at most ${formatCount(second)} heads can be. Lower one of the two.`;
    if (problem === 18) return `This asks for ${formatCount(first)} numbers in memory: at most ${formatCount(second)} can be. Lower width, layers, context or MLP ratio.`;
    const key = /** @type {Readonly<Record<number, keyof Settings>>} */ ({
      10: 'layers', 11: 'width', 12: 'heads', 13: 'context', 15: 'mlpRatio', 20: 'lr', 21: 'beta1', 22: 'beta2', 23: 'floor', 24: 'horizon', 25: 'initStd',
      26: 'holdOut', 27: 'batch',
    })[problem];
    return key === undefined ? 'The engine can’t make such a model.' : `${FIELDS[key].label} takes: ${FIELDS[key].range}.`;
  },

  /** @param {boolean} isOwn @param {boolean} isLinked */
  linkNote: (isOwn, isLinked) => (isOwn && !isLinked ? 'A link to this run has no names in it: it opens the dinosaurs.' : ''),
  tooLongForLink: 'These names are too long for a link: at most 1,500 letters. The link opens the dinosaurs.',
});
