// Sentences that code writes to help teaching: questions to answer before looking, and parts that are left out.

import { writtenEnding } from '../core/endings.js';
import { formatCount, formatLoss, formatShare, formatSigned } from '../core/numbers.js';

/** @param {readonly string[]} words @returns {string} 0, 3 and 5 */
const listed = (words) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`);

export const teachingWords = Object.freeze({
  predictFirst: 'Predict first',
  reveal: 'Reveal',
  hide: 'Hide',
  answers: 'Your answer',
  answerFirst: 'Choose an answer first.',
  waits: 'Pause, and the numbers of this step appear here.',

  blind: Object.freeze({ question: 'When does it beat blind guessing?', answers: Object.freeze(['step 2', 'step 200', 'step 2,000']) }),
  /** @param {number} step @param {number} loss @param {number} uniform */
  blindFound: (step, loss, uniform) =>
    `First seen below it at step ${formatCount(step)}: ${formatLoss(loss)} on held-back names; blind guessing is at ${formatLoss(uniform)}.`,
  blindNotYet: 'Not yet. Train it; the answer appears here.',

  follows: Object.freeze({ question: 'Which letter follows q most often?', answers: Object.freeze(['a', 'i', 'u']) }),
  /** @param {string} letter @param {string} follower @param {number} count @param {number} all */
  followsCounted: (letter, follower, count, all) => `In the names, ${letter} is followed by ${follower} ${formatCount(count)} times of ${formatCount(all)}.`,
  /** @param {string} letter @param {string} favourite @param {number} share @param {number} step */
  followsModel: (letter, favourite, share, step) =>
    `The model’s favourite after a first ${letter}, at step ${formatCount(step)}: ${favourite}, ${formatShare(share)}.`,
  /** @param {string} letter */
  noLetter: (letter) => `These names have no ${letter}.`,

  heads: Object.freeze({
    question: 'One head off, or all of them: how much worse, and which ending goes?',
    answers: Object.freeze(['both a little', 'one a little, all a lot', 'both a lot']),
  }),
  /** @param {string} head @param {number} worth @param {number} loss @param {number} without */
  headsWorth: (head, worth, loss, without) =>
    `Loss on held-back names ${formatLoss(loss)}. Without ${head}, the head worth most, ${formatSigned(worth, 2)}. Without any, ${formatSigned(without - loss, 2)}.`,
  /** @param {string} ending @param {number} withHeads @param {number} without */
  headsEnding: (ending, withHeads, without) => `Names in ${writtenEnding(ending)}: ${formatShare(withHeads)} → ${formatShare(without)} without heads.`,

  longer: Object.freeze({
    question: 'Will ten times more steps make better names?',
    answers: Object.freeze(['better', 'the same', 'better only on names it was shown']),
  }),
  /** @param {{ step: number, loss: number }} best @param {{ step: number, loss: number, shown: number }} last */
  longerSoFar: (best, last) =>
    `Best on held-back names: ${formatLoss(best.loss)} at step ${formatCount(best.step)}. At step ${formatCount(last.step)}: `
      + `${formatLoss(last.loss)}, and ${formatLoss(last.shown)} on shown ones.`,
  /** @param {number} step */
  trainTo: (step) => `Train to step ${formatCount(step)}`,

  /** @param {readonly string[]} parts */
  leftOut: (parts) => `This link shows ${parts.length === 1 ? 'part' : 'parts'} ${listed(parts)} only.`,
  showAll: 'Show all parts',
});
