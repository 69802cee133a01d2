// Every sentence that code writes, by key. Static text stands in index.html.

import { formatCount, formatLoss, formatShare } from './numbers.js';

/** What may be said about a run, by the engine's number of its status. */
const STATUS = Object.freeze([
  'Untrained: every letter is about as likely as any other.',
  'Learning which letters are common.',
  'It knows the common letters. Now: which letter follows which.',
  'Past letter pairs: it uses more than the letter before.',
  'Past letter triples: better than counting every three letters in a row.',
  'Near its best on names it has not seen.',
]);

export const words = Object.freeze({
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

  train: 'Train',
  trainIt: 'Train it',
  pause: 'Pause',
  /** @param {number} end */
  notStarted: (end) => `0 of ${formatCount(end)} steps`,
  /** @param {number} step @param {number} loss */
  stepAndLoss: (step, loss) => `step ${formatCount(step)}, loss ${formatLoss(loss)}`,

  /** @param {import('./story.js').Pace} pace */
  pace(pace) {
    if (pace === 'story') return 'Story';
    return pace === 'full' ? 'Full' : `${pace} a second`;
  },

  now: 'now',
  notReached: '·',
  /** How a generated name is labelled. @param {{ ended: boolean, known: boolean, heldOut: boolean }} name */
  label(name) {
    if (!name.ended) return 'cut';
    if (name.heldOut) return 'found again';
    return name.known ? 'known' : 'new';
  },

  rungs: Object.freeze({
    uniform: 'blind guess', unigram: 'common letters', bigram: 'letter pairs', trigram: 'letter triples',
  }),
  /** @param {number} step @param {number} mean @param {number | null} heldOut */
  lossReadout(step, mean, heldOut) {
    if (step === 0) return `step 0: held-back names ${heldOut === null ? '–' : formatLoss(heldOut)}`;
    const held = heldOut === null ? '' : ` · held-back names ${formatLoss(heldOut)}`;
    return `step ${formatCount(step)}: last 100 names ${formatLoss(mean)}${held}`;
  },

  start: 'START',
  end: 'END',
  /** @param {string} text */
  nextTitle: (text) => (text === '' ? 'First letter of a name' : `Next letter after “${text}”`),
  /** @param {number} count @param {number} most */
  lettersUsed: (count, most) => `${count} of ${most} letters`,
  /** @param {string} letter @param {number} place from 1 */
  unknownLetter: (letter, place) => `“${letter}” at place ${place} is not one of the model’s letters. Only a to z here.`,
  /** @param {number} most */
  tooLong: (most) => `${most} letters at most: this model has ${most + 1} places and START takes one.`,

  /** @param {number} layer from 0 @param {number} head from 0 */
  headName: (layer, head) => `${layer + 1}.${head + 1}`,
  /** @param {string} head @param {string} asking @param {readonly { label: string, share: number }[]} looks */
  attentionSentence(head, asking, looks) {
    const parts = looks.map(({ label, share }) => `${label} ${formatShare(share)}`);
    return `Head ${head}, ${asking} looks at: ${parts.join(', ')}.`;
  },

  /** @param {string} fingerprint @param {number} parameters @param {number} step */
  footer: (fingerprint, parameters, step) =>
    `step ${formatCount(step)} · fingerprint ${fingerprint} · ${formatCount(parameters)} weights`,

  loading: 'Loading the engine …',
  noWebAssembly:
    'This browser has no WebAssembly with SIMD, which the model needs. Chrome 91, Firefox 89, Safari 16.4 and later have it.',
  noWorker: 'This browser can’t run the trainer in the background. A current Chrome, Firefox or Safari can.',
  unreachable: 'The engine could not be loaded. Is the server still running? Start it and load the page again.',
  trainerDied: 'The trainer stopped and was restored at step 0; press Train to play the same steps again.',
  /** @param {string} detail */
  engineRefused: (detail) => `The engine could not start this run: ${detail}.`,
  /** @param {string} key @param {string} value */
  badAddress: (key, value) => `The address says ${key}=${value}, which can’t be; the default is used.`,
});
