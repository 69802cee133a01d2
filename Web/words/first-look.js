// Sentences that code writes in part 0.

import { writtenEnding } from '../core/endings.js';
import { formatCount } from '../core/numbers.js';

export const firstLookWords = Object.freeze({
  noOwnName: 'Write a name first: yours, a friend’s, a town’s.',
  /** @param {string} name @param {{ word: string, shape: string }} label @param {string} nearest */
  ownName: (name, label, nearest) => `${name} ${label.shape} ${label.word}${nearest === '' ? '' : ` · nearest real name: ${nearest}`}`,

  spellColumns: Object.freeze(['It has read', 'Next comes', 'It gave this', 'Its favourite']),

  noHeadsColumns: Object.freeze(['all heads on', 'all heads off']),
  /** @param {number} count */
  counting: (count) => `Rolling ${formatCount(count)} names each way; pause to see the count.`,
  /** @param {string} ending */
  noHeadsTitle: (ending) => (ending === '' ? 'No heads' : `No heads, no ${writtenEnding(ending)}`),
  /** @param {string} ending @param {number} count @param {string} all @param {string} none @param {string} loss @param {string} without */
  noHeads: (ending, count, all, none, loss, without) =>
    `Of ${formatCount(count)} names in ${writtenEnding(ending)}: ${all} → ${none} · loss on held-back names ${loss} → ${without}`,

  /** The cards of the journey: title, section, text. @type {readonly { title: string, part: string, text: string }[]} */
  cards: Object.freeze([
    { title: 'Patterns', part: 'patterns', text: 'First letters, lengths, counts.' },
    { title: 'Tokens', part: 'tokens', text: 'Each letter becomes numbers.' },
    { title: 'Training', part: 'training', text: 'Guess, measure, nudge, thousands of times.' },
    { title: 'One pass', part: 'pass', text: 'One letter’s trip through the model.' },
    { title: 'Next letter', part: 'next', text: 'Every next letter gets a chance.' },
    { title: 'Heads', part: 'heads', text: 'What each look back does.' },
  ]),
  /** @param {number} names */
  input: (names) => `In: ${formatCount(names)} real names`,
  output: 'Out, at this moment:',

  shareTitle: 'Share what you see',
  link: 'Link to exactly this state',
  copyLink: 'Copy link',
  linkCopied: 'Link copied: whoever opens it sees the same, to the bit.',
  cardPicker: 'Picture',
  cardsToShare: Object.freeze({ ages: 'Same dice, seven ages', own: 'Your name is a dinosaur', heads: 'No heads, no -saurus' }),
  saveCard: 'Save picture',
  sendCard: 'Send picture',
  ownFirst: 'Put your own name in first: in the figure “Same dice, seven ages”.',
  cardWaits: 'Pause to draw this one.',
  /** @param {number} step @param {number} seed */
  cardFoot: (step, seed) => `GPTosaurus · a tiny GPT trained in a browser tab · step ${formatCount(step)} · seed ${seed}`,
});
