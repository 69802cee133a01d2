// Sentences that code writes in part 5.

import { formatLoss, formatShare, formatSigned } from '../core/numbers.js';

export const nextWords = Object.freeze({
  back: 'Back to the name on show',
  /** @param {string} name */
  usesName: (name) => `empty: the name on show, ${name}`,
  /** @param {string} text */
  title: (text) => `Next letter after “${text}”`,
  byChance: 'by chance',
  alphabetic: 'A to Z',
  showAll: 'Show all',
  showFew: 'Show the likeliest',
  barsLabel: 'Next letters, most probable first',
  barsAlphabetic: 'Next letters, from A to Z',
  columns: Object.freeze(['letter', 'chance', 'ln p at T = 1']),
  /** @param {number} log */
  log: (log) => formatSigned(log, 2),
  pick: 'Pick one',
  finish: 'Finish',
  startOver: 'Start over',
  /** @param {string} letter */
  picked: (letter) => `The dice picked ${letter}.`,
  /** @param {string} name */
  ended: (name) => `The dice picked END: ${name} is finished.`,
  full: 'There is no more room: the model reads no longer names.',
  /** @param {string} name @param {{ word: string, shape: string }} label @param {string} nearest */
  finished: (name, label, nearest) => `${name} ${label.shape} ${label.word}${nearest === '' ? '' : ` · nearest real name: ${nearest}`}`,
  /** @param {number} count */
  topK: (count) => (count === 0 ? 'top-k off' : `top-k ${count}`),
  /** @param {number} share */
  topP: (share) => (share === 1 ? 'top-p off' : `top-p ${share.toFixed(2)}`),

  /** @param {string} text @param {number} loss @param {number} among */
  surprise: (text, loss, among) => `${text}: ${formatLoss(loss)} nats per letter, as unsure as choosing blindly among ${Math.round(among)}.`,
  surpriseColumns: Object.freeze(['letter', 'loss in nats']),

  layer: 'layer',
  head: 'head',
  average: 'average',
  itself: 'itself',
  /** @param {string} head @param {string} asking @param {string} text @param {readonly { label: string, share: number }[]} looks @param {number} rest */
  looks(head, asking, text, looks, rest) {
    const parts = looks.map(({ label, share }) => `${label} ${formatShare(share)}`);
    if (rest >= 0.005) parts.push(`the rest ${formatShare(rest)}`);
    return `Head ${head}, ${asking} in “${text}”: ${parts.join(', ')}.`;
  },
  /** @param {string} head @param {number} worth */
  best: (head, worth) => `Head ${head} is shown: without it the loss on held-back names would rise by ${worth.toFixed(3)}, more than without any other.`,
  bestWaits: 'The head that is worth most is found when you pause.',
  mapTitle: 'Who looks at whom',
  mapColumns: Object.freeze(['who looks', 'at', 'share']),

  workedColumns: Object.freeze(['letter', 'query · key ÷ √d', 'share', 'its value adds']),
  /** @param {string} head @param {string} asking */
  workedTitle: (head, asking) => `${asking} looks back, head ${head}`,
  pickLayer: 'An average of layers is no head: there is nothing to work out. Pick a layer.',
  /** @param {number} value */
  score: (value) => formatSigned(value, 2),
  /** @param {number} value */
  length: (value) => value.toFixed(2),
  /** @param {string} most @param {number} share @param {number} added @param {string} strongest @param {number} strongestShare @param {number} strongestAdded */
  influence(most, share, added, strongest, strongestShare, strongestAdded) {
    if (most === strongest) return `Most of the look goes to ${most}, and it also adds most here.`;
    return `${most} gets ${formatShare(share)} and adds ${added.toFixed(2)}. ${strongest} gets ${formatShare(strongestShare)} and adds ${strongestAdded.toFixed(2)}.`;
  },
  mergeColumns: Object.freeze(['head', 'length of what it adds']),
  /** @param {string} layer @param {string} asking @param {readonly string[]} lengths */
  merged: (layer, asking, lengths) => `Layer ${layer}, ${asking}: the heads add ${lengths.join(', ')}.`,
  /** @param {string} name @param {number} place @param {number} value */
  cell: (name, place, value) => `${name}, number ${place}: ${formatSigned(value, 2)}`,
  headsRow: 'heads side by side',
  addedRow: 'added to the stream',
});
