// The questions to answer first, and where their answers come from: readings, counts and the engine's own answers.

import { endingOf } from '../../core/endings.js';
import { largestPlace } from '../../core/largest.js';
import { readingAt } from '../../core/losses.js';
import { answerTo, question } from '../../core/questions.js';
import { RUN_LENGTH } from '../../core/timeline.js';
import { frameWords } from '../../words/frame.js';
import { teachingWords } from '../../words/teaching.js';
import { noHeadsQuestions, endingShares } from '../first-look/no-heads.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('./predict.js').PredictCard} PredictCard */

const ASKED_LETTER = 'q';
/** How much longer "ten times more steps" is. */
const TEN_TIMES = 10 * RUN_LENGTH;

const afterLetter = question('shares', [ASKED_LETTER, 1, 0, 1]);

/** @param {State} state */
const letterOf = ({ shape }) => (/** @type {number} */ token) => shape?.letters[token] ?? frameWords.end;

/** @type {PredictCard} */
const blindCard = {
  ...teachingWords.blind,
  asks: () => [],
  reveal({ shape, readings }) {
    const uniform = shape?.baselines.uniform ?? NaN;
    const first = readings.find(({ loss }) => loss < uniform);
    return first === undefined ? teachingWords.blindNotYet : teachingWords.blindFound(first.step, first.loss, uniform);
  },
};

/** @type {PredictCard} */
const followsCard = {
  ...teachingWords.follows,
  asks: ({ shape }) => (shape?.letters.includes(ASKED_LETTER) ? [afterLetter] : []),
  reveal(state) {
    const { shape, facts, step } = state;
    const letter = shape?.letters.indexOf(ASKED_LETTER) ?? -1;
    if (shape === null || facts === null || letter < 0) return teachingWords.noLetter(ASKED_LETTER);
    const row = facts.pairs.slice(letter * shape.vocabSize, (letter + 1) * shape.vocabSize);
    const follower = largestPlace(row);
    const counted = teachingWords.followsCounted(
      ASKED_LETTER, letterOf(state)(follower), row[follower] ?? 0, row.reduce((sum, count) => sum + count, 0));
    const shares = answerTo(state, afterLetter)?.shares;
    if (shares === undefined) return counted;
    const favourite = largestPlace(shares);
    return `${counted} ${teachingWords.followsModel(ASKED_LETTER, letterOf(state)(favourite), shares[favourite] ?? 0, step)}`;
  },
};

const worthMost = question('bestHead', []);

/** @type {PredictCard} */
const headsCard = {
  ...teachingWords.heads,
  asks(state) {
    const { counted, loss, without } = noHeadsQuestions(state);
    return [worthMost, loss, without, ...counted];
  },
  reveal(state) {
    const asked = noHeadsQuestions(state);
    const [head, loss, without] = [answerTo(state, worthMost), answerTo(state, asked.loss), answerTo(state, asked.without)];
    if (head === undefined || loss === undefined || without === undefined) return teachingWords.waits;
    const shares = endingShares(state);
    const worth = teachingWords.headsWorth(frameWords.headName(head.layer, head.head), head.worth, loss, without);
    return shares === null ? worth : `${worth} ${teachingWords.headsEnding(endingOf(state), ...shares)}`;
  },
};

/** @param {import('../../page/actions.js').Actions} actions @returns {PredictCard} */
const longerCard = (actions) => ({
  ...teachingWords.longer,
  asks: () => [],
  reveal({ readings, furthest }) {
    const [first] = readings;
    const last = readingAt(readings, furthest);
    if (first === undefined || last === null) return teachingWords.blindNotYet;
    return teachingWords.longerSoFar(readings.reduce((least, one) => (one.loss < least.loss ? one : least), first), last);
  },
  offer: ({ furthest }) => (furthest >= TEN_TIMES ? null : { label: teachingWords.trainTo(TEN_TIMES), press: () => actions.jump(TEN_TIMES) }),
});

/** The cards by the id of their element. @param {import('../../page/actions.js').Actions} actions @returns {Readonly<Record<string, PredictCard>>} */
export const predictCards = (actions) => ({
  'predict-follows': followsCard, 'predict-blind': blindCard, 'predict-longer': longerCard(actions), 'predict-heads': headsCard,
});
