// The pass in six stations, each with what it makes of the last letter right now.

import { passRows, rowOf } from '../../core/pass.js';
import { rampColour } from '../../core/palette.js';
import { answerTo, question } from '../../core/questions.js';
import { frameWords } from '../../words/frame.js';
import { passWords } from '../../words/pass.js';
import { changes, find, fitCanvas, part, setText } from '../elements.js';
import { paint } from '../paint.js';
import { passSubject } from './selection.js';

/** @typedef {import('../../core/state.js').State} State */

/** Size of a station's picture, CSS pixels. */
const STATION_WIDE = 120;
const STATION_HIGH = 36;
/** Value at the end of the colours. */
const STATION_SCALE = 6;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function stationsView(root, actions) {
  const stations = Array.from(root.querySelectorAll('[data-station]'), (one) => /** @type {HTMLElement} */ (one));
  for (const station of stations) {
    const link = find(station, 'a');
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const goal = link.getAttribute('href') ?? '';
      // The whole figure is for the deepest view.
      if (goal === '#pass-figure') actions.depth('advanced');
      actions.goTo(goal, false);
    });
  }

  /** @param {HTMLElement} station @param {(context: CanvasRenderingContext2D) => void} draw */
  function picture(station, draw) {
    draw(fitCanvas(/** @type {HTMLCanvasElement} */ (find(station, 'canvas')), STATION_WIDE, STATION_HIGH));
  }
  /** Cells of colour, row after row. @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} values @param {number} columns @param {readonly string[]} ramp @param {number} scale */
  function cells(context, values, columns, ramp, scale) {
    const rows = Math.ceil(values.length / columns);
    const [wide, high] = [STATION_WIDE / columns, Math.min(14, STATION_HIGH / rows)];
    const top = (STATION_HIGH - rows * high) / 2;
    for (let index = 0; index < values.length; index += 1) {
      context.fillStyle = rampColour(ramp, values[index] ?? 0, scale);
      context.fillRect((index % columns) * wide, top + Math.floor(index / columns) * high, Math.max(1, wide - 0.6), Math.max(1, high - 0.6));
    }
  }
  /** Bars, upwards from the foot or from the middle. @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} values @param {number} largest @param {boolean} isSigned */
  function bars(context, values, largest, isSigned) {
    const width = STATION_WIDE / values.length;
    const zero = isSigned ? STATION_HIGH / 2 : STATION_HIGH;
    context.fillStyle = paint().bar;
    for (let index = 0; index < values.length; index += 1) {
      const high = Math.max(-1, Math.min(1, (values[index] ?? 0) / largest)) * zero;
      context.fillRect(index * width, Math.min(zero, zero - high), Math.max(1, width - 1), Math.abs(high));
    }
  }
  const isNew = changes();
  return {
    root,
    asks: (state) => (state.shape === null ? [] : [question('pass', [passSubject(state, state.shape).text])]),
    draw(state, calm) {
      if (state.shape === null) return;
      const { shape } = state;
      const { text, tokens, letters } = passSubject(state, shape);
      const pass = answerTo({ ...state, answers: calm.answers }, question('pass', [text])) ?? answerTo(state, question('pass', [text]));
      if (pass === undefined || !isNew(pass, paint(), text)) return;
      const rows = passRows(shape, tokens.length);
      /** @param {import('../../core/pass.js').PassPart} one @param {number | null} layer */
      const of = (one, layer) => {
        const { from, length } = rowOf(rows, one, layer);
        return pass.subarray(from, from + length);
      };
      const { values, shares, mono, ink } = paint();
      const hidden = of('mlpActive', 0);
      const scores = of('logits', null);
      const chances = Array.from(of('probabilities', null));
      const best = chances.indexOf(Math.max(...chances));
      const letter = letters.at(-1) ?? '';
      /** @type {readonly [(context: CanvasRenderingContext2D) => void, string][]} */
      const shown = [
        [(context) => {
          context.font = `600 26px ${mono}`;
          context.fillStyle = ink;
          context.fillText(letter, 2, 28);
        }, passWords.token(letter, tokens.at(-1) ?? 0)],
        [(context) => cells(context, of('embedding', null), shape.nEmbd, values, 1), passWords.numbers(shape.nEmbd)],
        [(context) => cells(context, of('attention', 0), tokens.length, shares, 1), passWords.looks(shape.nHead, tokens.length)],
        [(context) => cells(context, hidden, Math.ceil(hidden.length / 4), values, STATION_SCALE / 2), passWords.active(hidden.filter((one) => one > 0).length, hidden.length)],
        [(context) => bars(context, scores, STATION_SCALE, true), passWords.scores(scores.length)],
        [(context) => bars(context, chances, 1, false), passWords.next(shape.letters[best] ?? frameWords.end, chances[best] ?? 0)],
      ];
      stations.forEach((station, index) => {
        const [draw, number] = shown[index] ?? [];
        if (draw !== undefined) picture(station, draw);
        setText(part(station, 'number'), number ?? '');
      });
    },
  };
}
