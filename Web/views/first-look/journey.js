// The journey in six cards, each with a small live picture, from the real names to a name that the model of this moment
// invents.

import { readingAt } from '../../core/losses.js';
import { rampColour } from '../../core/palette.js';
import { answerTo, question } from '../../core/questions.js';
import { fedText } from '../../core/state.js';
import { lastStep, positionOf } from '../../core/timeline.js';
import { firstLookWords } from '../../words/first-look.js';
import { frameWords } from '../../words/frame.js';
import { changes, element, fitCanvas, printedName, setName, setText } from '../elements.js';
import { paint } from '../paint.js';
import { ageQuestion } from './ages.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {(context: CanvasRenderingContext2D, state: State) => void} Sketch */

/** Size of a card's picture, CSS pixels. */
const WIDE = 132;
const HIGH = 44;

/** @param {CanvasRenderingContext2D} context @param {readonly number[]} values @param {number} largest */
function drawBars(context, values, largest) {
  const width = WIDE / values.length;
  context.fillStyle = paint().bar;
  values.forEach((value, index) => {
    const height = (value / largest) * HIGH;
    context.fillRect(index * width, HIGH - height, Math.max(1, width - 1), height);
  });
}

/** @type {Readonly<Record<string, Sketch>>} */
const SKETCHES = Object.freeze({
  patterns(context, { facts }) {
    if (facts !== null) drawBars(context, facts.firstLetters, Math.max(...facts.firstLetters));
  },
  tokens(context, state) {
    const wte = answerTo(state, question('tensor', [0]));
    if (wte === undefined || state.shape === null) return;
    const { nEmbd, letters } = state.shape;
    const rows = Array.from(fedText(state)).slice(0, 4).map((letter) => letters.indexOf(letter));
    rows.forEach((row, place) => {
      for (let column = 0; column < nEmbd; column += 1) {
        context.fillStyle = rampColour(paint().values, wte[row * nEmbd + column] ?? 0, 1);
        context.fillRect(column * (WIDE / nEmbd), place * (HIGH / 4), WIDE / nEmbd - 1, HIGH / 4 - 2);
      }
    });
  },
  training(context, { readings, furthest, step }) {
    const last = lastStep(furthest);
    const y = (/** @type {number} */ loss) => Math.max(1, Math.min(HIGH - 1, ((3.6 - loss) / 2.6) * HIGH));
    context.strokeStyle = paint().ink;
    context.lineWidth = 2;
    context.beginPath();
    for (const reading of readings) context.lineTo(positionOf(reading.step, last) * WIDE, y(reading.loss));
    context.stroke();
    const now = readingAt(readings, step);
    if (now === null) return;
    context.beginPath();
    context.arc(Math.min(WIDE - 4, positionOf(step, last) * WIDE), y(now.loss), 3, 0, 2 * Math.PI);
    context.fillStyle = paint().ink;
    context.fill();
  },
  pass(context, { shape }) {
    if (shape === null) return;
    // Embedding, then attention and MLP of each layer, then the output: stations on the residual line.
    const stations = 2 * shape.nLayer + 2;
    context.strokeStyle = context.fillStyle = paint().ink;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(0, HIGH / 2);
    context.lineTo(WIDE, HIGH / 2);
    context.stroke();
    for (let index = 0; index < stations; index += 1) {
      const x = ((index + 0.5) * WIDE) / stations;
      context.clearRect(x - 5, HIGH / 2 - 5, 10, 10);
      context.strokeRect(x - 5, HIGH / 2 - 5, 10, 10);
    }
  },
  next(context, state) {
    const look = answerTo(state, question('look', [fedText(state)]));
    if (look === undefined || state.shape === null) return;
    const last = look.probabilities.subarray((look.positions - 1) * state.shape.vocabSize);
    drawBars(context, Array.from(last).sort((a, b) => b - a).slice(0, 12), 1);
  },
  heads(context, state) {
    const look = answerTo(state, question('look', [fedText(state)]));
    if (look === undefined || state.shape === null) return;
    const { nHead } = state.shape;
    const n = look.positions;
    const cell = Math.min((WIDE / nHead - 4) / n, HIGH / n);
    for (let head = 0; head < nHead; head += 1) {
      for (let query = 0; query < n; query += 1) {
        for (let key = 0; key <= query; key += 1) {
          context.fillStyle = rampColour(paint().shares, look.attention[0]?.[(head * n + query) * n + key] ?? 0, 1);
          context.fillRect((head * WIDE) / nHead + key * cell, query * cell, cell - 0.5, cell - 0.5);
        }
      }
    }
  },
});

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function journeyView(root, actions) {
  const input = element('li', { class: 'end' });
  const output = element('span', { 'data-kind': 'waiting' });
  const cards = firstLookWords.cards.map((card, index) => {
    const canvas = element('canvas', { 'aria-hidden': 'true' });
    const isThere = document.getElementById(card.part) !== null;
    const title = element(isThere ? 'a' : 'span', isThere ? { href: `#${card.part}`, class: 'title' } : { class: 'title' }, [`${index + 1} ${card.title}`]);
    title.addEventListener('click', (event) => {
      event.preventDefault();
      actions.goTo(`#${card.part} h2`, false);
    });
    root.append(element('li', {}, [title, canvas, element('p', {}, [card.text])]));
    return { canvas, sketch: SKETCHES[card.part] };
  });
  root.prepend(input);
  root.append(element('li', { class: 'end' }, [firstLookWords.output, output]));
  const isOther = changes();
  return {
    root,
    asks: (state) => [question('tensor', [0]), question('look', [fedText(state)]), ageQuestion(state, null)],
    draw(state, calm) {
      setText(input, firstLookWords.input(state.list.length));
      setName(output, answerTo(calm, ageQuestion(calm, null))?.[0], frameWords.notReached);
      output.title = printedName(answerTo(calm, ageQuestion(calm, null))?.[0] ?? { text: '', ended: true });
      if (!isOther(calm.answers, calm.facts, calm.step, paint())) return;
      for (const { canvas, sketch } of cards) sketch?.(fitCanvas(canvas, WIDE, HIGH), calm);
    },
  };
}
