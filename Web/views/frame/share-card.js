// The pictures to share: 1200 x 630, drawn on the device from what the model of this moment says.

import { formatCount, formatShare } from '../../core/numbers.js';
import { answerTo } from '../../core/questions.js';
import { AGES } from '../../core/timeline.js';
import { firstLookWords } from '../../words/first-look.js';
import { ageQuestion } from '../first-look/ages.js';
import { endingOf, writtenEnding } from '../../core/endings.js';
import { noHeadsQuestions, endingShares } from '../first-look/no-heads.js';
import { ownQuestion } from '../first-look/own-name.js';
import { printedName } from '../elements.js';
import { paint } from '../paint.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../engine/messages.js').GeneratedName} GeneratedName */
/** @typedef {'ages' | 'own' | 'heads'} Card */

export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;
const MARGIN = 72;

/** @param {HTMLCanvasElement} canvas @param {Card} card @param {State} state @returns {string} what is missing, or empty */
export function drawCard(canvas, card, state) {
  const context = canvas.getContext('2d');
  if (context === null) return '';
  const { ink, quiet, paper, serif, sans } = paint();
  context.fillStyle = paper;
  context.fillRect(0, 0, CARD_WIDTH, CARD_HEIGHT);
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillStyle = ink;
  context.font = `600 52px ${serif}`;
  context.fillText(firstLookWords.cardsToShare[card], MARGIN, 112);
  context.font = `24px ${sans}`;
  context.fillStyle = quiet;
  context.fillText(firstLookWords.cardFoot(state.step, state.settings.seed), MARGIN, CARD_HEIGHT - 48);
  if (card === 'ages') return drawAges(context, state);
  return card === 'own' ? drawOwn(context, state) : drawHeads(context, state);
}

/** A name in its own type. @param {CanvasRenderingContext2D} context @param {GeneratedName} name @param {number} x @param {number} y @param {number} size */
function drawName(context, name, x, y, size) {
  const { ink, quiet, serif, mono } = paint();
  context.fillStyle = name.ended ? ink : quiet;
  context.font = name.ended ? `italic ${size}px ${serif}` : `${size * 0.85}px ${mono}`;
  context.fillText(printedName(name), x, y);
}

/** @param {CanvasRenderingContext2D} context @param {State} state @returns {string} */
function drawAges(context, state) {
  AGES.forEach((age, index) => {
    const y = 182 + index * 58;
    context.font = `24px ${paint().mono}`;
    context.fillStyle = paint().quiet;
    context.textAlign = 'right';
    context.fillText(formatCount(age), MARGIN + 84, y);
    context.textAlign = 'left';
    (answerTo(state, ageQuestion(state, age)) ?? []).slice(0, 2).forEach((name, place) => drawName(context, name, MARGIN + 124 + place * 480, y, 40));
  });
  return '';
}

/** @param {CanvasRenderingContext2D} context @param {State} state @returns {string} */
function drawOwn(context, state) {
  const made = state.own === '' ? undefined : answerTo(state, ownQuestion(state, 0))?.[0];
  if (made === undefined) return firstLookWords.ownFirst;
  drawName(context, { text: state.own, ended: true, known: false, heldOut: false }, MARGIN, 300, 64);
  drawName(context, made, MARGIN, 420, 104);
  return '';
}

/** @param {CanvasRenderingContext2D} context @param {State} state @returns {string} */
function drawHeads(context, state) {
  const shares = endingShares(state);
  if (shares === null) return firstLookWords.cardWaits;
  noHeadsQuestions(state).names.forEach((asked, column) => {
    const x = MARGIN + column * 540;
    context.font = `24px ${paint().sans}`;
    context.fillStyle = paint().quiet;
    context.fillText(`${firstLookWords.noHeadsColumns[column]}: ${formatShare(shares[column] ?? 0)} in ${writtenEnding(endingOf(state))}`, x, 190);
    (answerTo(state, asked) ?? []).forEach((name, row) => drawName(context, name, x, 260 + row * 66, 44));
  });
  return '';
}
