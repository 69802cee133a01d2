// Sentences that code writes on the lesson sheet.

import { formatCount, formatLoss, formatShare, formatSigned } from '../core/numbers.js';
import { frameWords } from './frame.js';
import { trainingWords } from './training.js';

/** @typedef {import('../engine/lesson-numbers.js').LessonNumbers} LessonNumbers */

export const lessonWords = Object.freeze({
  /** @param {number} step @param {number} last */
  computing: (step, last) => `Computing the numbers: step ${formatCount(step)} of ${formatCount(last)} …`,
  /** @param {LessonNumbers} numbers @param {number} last */
  computed: ({ seed, fingerprint }, last) =>
    `All numbers: seed ${seed}, ${formatCount(last)} steps, trained in this tab a moment ago. Fingerprint ${fingerprint}; the command line gives the same.`,
  failed: 'The engine could not be loaded, so the answers are missing.',

  /** @param {LessonNumbers['rungs'][number]} rung */
  rung({ rung, loss, step }) {
    const name = trainingWords.rungs[/** @type {keyof typeof trainingWords.rungs} */ (rung)];
    return `${name}, ${formatLoss(loss)}: ${step === null ? 'not in this run' : `step ${formatCount(step)}`}`;
  },
  /** @param {LessonNumbers['follows']} follows */
  follows: ({ letter, follower, count, all }) => `${letter} is followed by ${follower ?? frameWords.end} ${formatCount(count)} times of ${formatCount(all)}.`,
  /** @param {LessonNumbers['next']} next */
  next: ({ text, favourite, share }) => `After “${text}” the model’s favourite is ${favourite ?? frameWords.end}, ${formatShare(share)}.`,
  /** @param {LessonNumbers['next']} next */
  nextLoss: ({ share, loss }) => `−ln ${share.toFixed(3)} = ${formatLoss(loss)} nats.`,
  /** @param {LessonNumbers['look']} look */
  look: ({ asking, key, isItself, share }) => `In head 1.1 the last ${asking} gives ${isItself ? 'itself' : key ?? frameWords.start} ${formatShare(share)}, the most.`,
  /** @param {LessonNumbers['saurus']} saurus */
  saurus: ({ withHeads, without, count }) => `Of ${formatCount(count)} names in -saurus: ${formatShare(withHeads)} with heads, ${formatShare(without)} without.`,
  /** @param {LessonNumbers['worth']} worth */
  worth: ({ layer, head, worth, loss, without }) =>
    `Loss ${formatLoss(loss)}. Without head ${frameWords.headName(layer, head)}, worth most, ${formatSigned(worth, 2)}; without any, ${formatSigned(without - loss, 2)}.`,
});
