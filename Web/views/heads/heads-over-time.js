// How the heads came about: worth or one measure of each head at the marked steps that were reached, as small lines on the
// timeline's own scale.

import { FEW_NAMES, MEASURE_COLUMNS } from '../../core/head-measures.js';
import { answerTo, question } from '../../core/questions.js';
import { AGES, lastStep, positionOf } from '../../core/timeline.js';
import { frameWords } from '../../words/frame.js';
import { headsWords } from '../../words/heads.js';
import { button, changes, find, fitCanvas, part, setAttribute, setText, widthOf } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { paint } from '../paint.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../engine/messages.js').MeasureName} MeasureName */
/** @typedef {MeasureName | 'worth'} Quantity */
/** @typedef {{ step: number, values: readonly number[], chances: readonly number[] }} Moment by head */

/** Height of one small chart with its label, and space between two. */
const SMALL_HEIGHT = 84;
const SMALL_GAP = 16;
const SMALL_LABEL = 18;
/** Width below which two small charts stand side by side. */
const FEW_WIDTH = 560;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function headsOverTimeView(root, actions) {
  const plot = find(root, '.plot');
  const canvas = /** @type {HTMLCanvasElement} */ (find(root, 'canvas'));
  const readout = part(root, 'readout');
  const width = widthOf(plot, actions.redraw);
  /** @type {Quantity} */
  let quantity = 'worth';
  /** Place among the moments that is read; null: the last. @type {number | null} */
  let cursor = null;
  /** @type {State | null} */
  let latest = null;
  const choices = /** @type {readonly Quantity[]} */ (['worth', ...MEASURE_COLUMNS]).map((one) => ({
    one,
    choice: button(one === 'worth' ? headsWords.worthColumn : headsWords.measures[one], () => {
      quantity = one;
      actions.redraw();
    }),
  }));
  part(root, 'quantity').append(...choices.map(({ choice }) => choice));

  /** The marked steps whose weights can be had, and the step on show. @param {State} state @returns {number[]} */
  const stepsOf = ({ furthest, kept }) => AGES.filter((age) => age <= furthest || kept.has(age));
  /** @param {number} step */
  const asked = (step) => (quantity === 'worth' ? question('worths', [], step) : question('headTable', [FEW_NAMES], step));
  /** @param {State} state @returns {Moment[]} */
  function moments(state) {
    return stepsOf(state).flatMap((step) => {
      if (quantity === 'worth') {
        const worths = answerTo(state, question('worths', [], step));
        return worths === undefined ? [] : [{ step, values: worths.heads, chances: [] }];
      }
      const name = quantity;
      const heads = answerTo(state, question('headTable', [FEW_NAMES], step))?.heads;
      return heads === undefined ? [] : [{ step, values: heads.map(({ all }) => all[name].value), chances: heads.map(({ all }) => all[name].chance) }];
    });
  }
  /** @param {State} state @param {number} index */
  const nameOf = (state, index) => frameWords.headName(Math.floor(index / (state.shape?.nHead ?? 1)), index % (state.shape?.nHead ?? 1));
  const written = (/** @type {number} */ value) => (quantity === 'worth' ? headsWords.worth(value) : headsWords.value(value));

  plot.addEventListener('keydown', (event) => {
    const count = latest === null ? 0 : moments(latest).length;
    const at = cursor ?? count - 1;
    const goal = /** @type {Record<string, number>} */ ({ ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 })[event.key];
    if (goal === undefined || count === 0) return;
    event.preventDefault();
    cursor = Math.min(count - 1, Math.max(0, goal));
    actions.redraw();
  });

  const drawFoot = figureFoot(root, {
    actions, picture: canvas,
    table: (state) => ({
      columns: [headsWords.overTimeColumn, ...Array.from({ length: (state.shape?.nLayer ?? 0) * (state.shape?.nHead ?? 0) }, (_, index) => nameOf(state, index))],
      rows: moments(state).map(({ step, values }) => [String(step)].concat(values.map(written))),
    }),
  });

  /** @param {State} state @param {readonly Moment[]} found @param {number} pointed */
  function drawPicture(state, found, pointed) {
    const { ink, quiet, rule, bar, mono } = paint();
    const { nLayer, nHead } = state.shape ?? { nLayer: 0, nHead: 1 };
    const heads = nLayer * nHead;
    const columns = width() < FEW_WIDTH ? 2 : nHead;
    const wide = (width() - (columns - 1) * SMALL_GAP) / columns;
    const context = fitCanvas(canvas, width(), Math.ceil(heads / columns) * (SMALL_HEIGHT + SMALL_GAP));
    const numbers = found.flatMap(({ values, chances }) => [...values, ...chances]).filter((value) => !Number.isNaN(value));
    const [low, high] = [Math.min(0, ...numbers), Math.max(1e-3, ...numbers)];
    const last = lastStep(state.furthest);
    for (let head = 0; head < heads; head += 1) {
      const left = (head % columns) * (wide + SMALL_GAP);
      const top = Math.floor(head / columns) * (SMALL_HEIGHT + SMALL_GAP);
      const x = (/** @type {number} */ step) => left + 3 + positionOf(step, last) * (wide - 6);
      const y = (/** @type {number} */ value) => top + SMALL_LABEL + 3 + ((high - value) / (high - low)) * (SMALL_HEIGHT - SMALL_LABEL - 6);
      context.lineWidth = 1;
      context.strokeStyle = rule;
      context.beginPath();
      context.moveTo(left, y(0));
      context.lineTo(left + wide, y(0));
      context.stroke();
      const line = (/** @type {readonly (number | undefined)[]} */ values) => {
        context.beginPath();
        values.forEach((value, index) => {
          if (value !== undefined && !Number.isNaN(value)) context.lineTo(x(found[index]?.step ?? 0), y(value));
        });
        context.stroke();
      };
      context.strokeStyle = quiet;
      context.setLineDash([3, 3]);
      line(found.map(({ chances }) => chances[head]));
      context.setLineDash([]);
      context.strokeStyle = bar;
      context.lineWidth = 2;
      line(found.map(({ values }) => values[head]));
      const at = found[pointed];
      const value = at?.values[head];
      if (at !== undefined && value !== undefined && !Number.isNaN(value)) {
        context.fillStyle = ink;
        context.beginPath();
        context.arc(x(at.step), y(value), 3, 0, 2 * Math.PI);
        context.fill();
      }
      context.font = `12px ${mono}`;
      context.textAlign = 'left';
      context.fillStyle = ink;
      context.fillText(nameOf(state, head), left, top + 12);
      context.textAlign = 'right';
      context.fillStyle = quiet;
      if (value !== undefined) context.fillText(written(value), left + wide, top + 12);
    }
  }

  const isOther = changes();
  return {
    root,
    // Steps long past are measured when nothing is under way that could stutter.
    asks: (state) => (state.shape === null || state.isTraining ? [] : stepsOf(state).map(asked)),
    draw(state, calm) {
      latest = state;
      drawFoot(calm);
      for (const { one, choice } of choices) setAttribute(choice, 'aria-pressed', String(one === quantity));
      const found = moments(state);
      const pointed = Math.min(found.length - 1, cursor ?? found.length - 1);
      const at = found[pointed];
      const isWaiting = found.length < stepsOf(state).length;
      const text = at === undefined || stepsOf(state).length < 2
        ? headsWords.overTimeWaits
        : state.isTraining && isWaiting ? headsWords.overTimePauses
          : isWaiting ? headsWords.measuring
            : headsWords.atStep(at.step, at.values.map((value, index) => `${nameOf(state, index)} ${written(value)}`));
      setText(readout, text);
      if (!state.isTraining) setAttribute(plot, 'aria-label', text);
      setSentence(part(root, 'sentence'), state, () => text);
      if (width() > 0 && state.shape !== null && isOther(state.fixedAnswers, quantity, pointed, found.length, width(), paint(), state.shape, lastStep(state.furthest))) {
        drawPicture(state, found, pointed);
      }
    },
  };
}
