// Sentences that code writes: the frame around the parts. Static text stands in index.html, each part's in its own file.

import { formatCount, formatLoss } from '../core/numbers.js';

/** What may be said about a run, by the engine's number of its status. */
const STATUS = Object.freeze([
  'Untrained: every letter is about as likely as any other.',
  'Learning which letters are common.',
  'It knows the common letters. Now: which letter follows which.',
  'Past letter pairs: it uses more than the letter before.',
  'Past letter triples: better than counting every three letters in a row.',
  'Near its best on names it has not seen.',
]);

export const frameWords = Object.freeze({
  /** @param {number} status @param {number | null} brokenStep */
  status(status, brokenStep) {
    const kind = status % 16;
    if (brokenStep !== null) {
      return `Step ${formatCount(brokenStep)} broke: its loss is no longer a number. The last good step is ${formatCount(brokenStep - 1)}.`;
    }
    if (kind === 6) {
      const best = formatCount(Math.floor(status / 16));
      return `Overfitting: better and better on the names it is shown, worse on held-back ones. Best was step ${best}.`;
    }
    if (kind === 7) return 'Worse than blind guessing: the steps are too large.';
    return STATUS[kind] ?? '';
  },
  /** What a status offers to do. @param {number} status @param {number | null} brokenStep @returns {import('../core/state.js').Offer | null} */
  statusOffer(status, brokenStep) {
    if (brokenStep !== null) return 'lastGood';
    if (status % 16 === 6) return 'best';
    return status % 16 === 7 ? 'slower' : null;
  },
  /** @type {Readonly<Record<import('../core/state.js').Offer, string>>} */
  offers: Object.freeze({
    goOn: 'Go on', back: 'Back to the last run', best: 'Go there', lastGood: 'Go there', slower: 'Try a tenth of the learning rate',
    dismiss: 'Close', openAnyway: 'Open anyway',
  }),

  train: 'Train',
  goOn: 'Train on',
  pause: 'Pause',
  /** @param {number} end */
  notStarted: (end) => `0 of ${formatCount(end)}`,
  /** @param {number} step */
  step: (step) => formatCount(step),
  /** @param {number} loss */
  loss: (loss) => `loss ${formatLoss(loss)}`,
  /** @param {number} step @param {number} loss */
  stepAndLoss: (step, loss) => (step === 0 ? 'step 0' : `step ${formatCount(step)}, loss ${formatLoss(loss)}`),

  /** @param {import('../core/story.js').Pace} pace */
  pace(pace) {
    if (pace === 'story') return 'Story';
    return pace === 'full' ? 'Full' : `${pace} a second`;
  },

  start: 'START',
  end: 'END',
  now: 'now',
  notReached: '·',
  /** The four labels of generated names. */
  labels: Object.freeze([
    { word: 'new', shape: '○' }, { word: 'known', shape: '●' }, { word: 'found again', shape: '★' }, { word: 'cut', shape: '⌁' },
  ]),
  /** How a generated name is labelled: a word and a shape. @param {{ ended: boolean, known: boolean, heldOut: boolean }} name @returns {{ word: string, shape: string }} */
  label(name) {
    if (!name.ended) return { word: 'cut', shape: '⌁' };
    if (name.heldOut) return { word: 'found again', shape: '★' };
    return name.known ? { word: 'known', shape: '●' } : { word: 'new', shape: '○' };
  },

  /** @param {number | null} layer from 0; null: the average of all @param {number} head from 0 */
  headName: (layer, head) => (layer === null ? `${head + 1} of all layers` : `${layer + 1}.${head + 1}`),

  /** @param {string} letter @param {number} place from 1 @param {readonly string[]} letters */
  unknownLetter(letter, place, letters) {
    const only = letters.join('') === 'abcdefghijklmnopqrstuvwxyz' ? 'Only a to z here' : 'Only the model’s own letters here';
    return `${only}: “${letter}” at place ${place}.`;
  },
  /** @param {number} most */
  tooLong: (most) => `${most} letters at most: this model has ${most + 1} places and START takes one.`,
  /** @param {number} count @param {number} most */
  lettersUsed: (count, most) => `${count} of ${most} letters`,

  /** @param {number} number @param {number} step @param {number} seed */
  figureFoot: (number, step, seed) => `Fig. ${number} · step ${formatCount(step)} · seed ${seed}`,
  readAsTable: 'Read as table',
  closeTable: 'Close table',
  updateTable: 'Update',
  copyData: 'Copy data',
  copied: 'Copied.',
  cannotCopy: 'This browser did not let the page copy. Read it as a table and copy from there.',
  cannotCopyLink: 'This browser did not let the page copy. The link is selected: copy it with the keyboard.',
  savePicture: 'Save picture',
  /** @param {string} title @param {number} step */
  tableCaption: (title, step) => `${title}, at step ${formatCount(step)}`,
  whileTraining: 'Training; pause to read.',

  temperatureTitle: 'Temperature',
  /** @param {number} value */
  temperature: (value) => `T ${value.toFixed(1)}`,

  nameOnShow: 'Name on show',
  previousName: 'Previous name',
  nextName: 'Next name',
  pauseNames: 'Hold this name',
  cycleNames: 'Let names change',
  close: 'Close',

  endOwn: 'Put your own name in',
  endDrag: 'Drag back in time',
  endHeads: 'Switch all heads off',

  more: 'More',
  jumpTitle: 'Jump to a step',
  /** @param {number} step */
  jumpTo: (step) => `Jump to step ${formatCount(step)}`,
  anyStep: 'Any step',
  jump: 'Jump',
  /** @param {number} most */
  badStep: (most) => `A step is a whole number from 0 to ${formatCount(most)}.`,
  reset: 'Back to step 0',
  anotherSeed: 'New seed',
  share: 'Share',
  depth: 'Depth',
  theme: 'Theme',
  themes: Object.freeze({ auto: 'as the system’s', light: 'light', dark: 'dark' }),
  palette: 'Colours of values',
  palettes: Object.freeze({ 'amber-red': 'amber and red', 'blue-orange': 'orange and blue' }),
  marksSigns: 'Mark negative cells with a line',
  withoutHeads: 'All heads off, in a figure of their own',
  keepsRunning: 'Keep running out of sight',
  keysTitle: 'Keys',
  keys: Object.freeze([
    ['k', 'train or pause'], ['.', 'one step'], ['[ ]', 'previous or next name'], ['1 2 3', 'Minimal, Focused, Advanced'], ['?', 'this list'],
  ]),
  useKeys: 'Use these keys',

  /** @param {number} seed */
  newSeed: (seed) => `A new model, from seed ${seed}.`,
  /** @param {number} seed */
  backToSeed: (seed) => `Back to seed ${seed}`,
  previousRun: 'Back to the last run',
  /** @param {number} step */
  restored: (step) => `Back where you were: step ${formatCount(step)}.`,
  pausedOutOfSight: 'Paused while this tab was out of sight.',
  /** @param {number} from @param {number} to */
  replaying: (from, to) => `Playing steps ${formatCount(from)} to ${formatCount(to)} again …`,

  /** @param {number} step */
  ended: (step) => `Step ${formatCount(step)}.`,

  /** @param {string} fingerprint @param {number} parameters @param {number} step @param {number} stepsPerSecond @param {number} bytes @param {number} numerics */
  footer(fingerprint, parameters, step, stepsPerSecond, bytes, numerics) {
    const speed = Number.isFinite(stepsPerSecond) ? ` · ${formatCount(stepsPerSecond)} steps a second here` : '';
    return `step ${formatCount(step)} · fingerprint ${fingerprint} · ${formatCount(parameters)} weights${speed} · `
      + `engine ${numerics}, ${formatCount(bytes)} bytes of WebAssembly`;
  },

  noWebAssembly:
    'This browser has no WebAssembly with SIMD, which the model needs. Chrome 91, Firefox 89, Safari 16.4 and later have it.',
  noWorker: 'This browser can’t run the trainer in the background. A current Chrome, Firefox or Safari can.',
  unreachable: 'The engine could not be loaded. Is the server still running? Start it and load the page again.',
  /** @param {number} step */
  trainerRestored: (step) => `The trainer stopped and was restored at step ${formatCount(step)}; nothing is lost.`,
  trainerHopeless: 'The trainer stopped and can’t be started again. Load the page anew; the address keeps your place.',
  /** @param {string} detail */
  engineRefused: (detail) => `The engine could not start this run: ${detail}.`,
  badNamesInAddress: 'The address has names that can’t be read; the dinosaurs are used.',
  /** @param {string} key @param {string} value */
  badAddress: (key, value) => `The address says ${key}=${value}, which can’t be; the default is used.`,
  /** @param {number} step @param {number} weights */
  demanding: (step, weights) => `This link asks for ${formatCount(step)} steps of a model with about ${formatCount(weights)} weights. That can take long.`,
  /** @param {string} name */
  badName: (name) => `The name “${name}” in the address has letters that this model lacks; another is shown.`,
  /** @param {string} theirs @param {number} ours */
  otherNumerics: (theirs, ours) => `This link was made by engine ${theirs} and this page is ${ours}: digits may differ.`,
});
