// This lab beside larger models: squares whose areas are true to their weights, two at a time, and a table.

import { formatCount } from '../../core/numbers.js';
import { realityWords } from '../../words/reality.js';
import { changes, element, find, fitCanvas, part, setText, widthOf } from '../elements.js';
import { figureFoot } from '../figure.js';
import { paint } from '../paint.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {{ name: string, weights: number }} Sized */

/** The larger square's side, and where it begins; CSS pixels. */
const SQUARE_SIDE = 320;
const NARROW_PLOT = 560;
const DOT_ROOM = 40;
const FRAME_CAPTION = 56;

/** Each model with the next larger one. @param {number} weights of this lab @returns {readonly (readonly [Sized, Sized])[]} */
function modelPairs(weights) {
  const sized = [{ name: realityWords.ours, weights }, ...realityWords.others].sort((a, b) => a.weights - b.weights);
  return sized.slice(1).map((larger, index) => [/** @type {Sized} */ (sized[index]), larger]);
}

/** @param {number} small @param {number} large @returns {number} how many times, to two digits: not all published numbers have more */
const timesLarger = (small, large) => Number((large / small).toPrecision(2));

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function scaleView(root, actions) {
  const canvas = find(root, 'canvas');
  const width = widthOf(find(root, '.plot'), actions.redraw);
  const columns = ['', realityWords.ours, ...realityWords.others.map(({ name }) => name)];
  find(root, 'thead').append(element('tr', {}, columns.map((name) => (name === '' ? element('td') : element('th', { scope: 'col' }, [name])))));
  /** @param {State} state */
  function rows({ shape, facts }) {
    if (shape === null || facts === null) return [];
    const names = shape.training + shape.heldOut;
    const ours = [shape.parameters, shape.nLayer, shape.nEmbd, shape.nHead, shape.vocabSize, shape.blockSize].map(formatCount);
    const cells = [
      [...ours, realityWords.ourData(names, facts.letters)],
      ...realityWords.others.map(({ weightsText, layers, width: wide, heads, tokens, context, data }) =>
        [weightsText, ...[layers, wide, heads, tokens, context].map(formatCount), data]),
    ];
    return realityWords.scaleRows.map((row, index) => [row, ...cells.map((cell) => cell[index] ?? '')]);
  }
  const foot = figureFoot(root, { actions, table: (state) => ({ columns, rows: rows(state) }) });
  const isNew = changes();
  const isNewPicture = changes();
  return {
    root,
    draw(state, calm) {
      foot(calm);
      const { shape, facts } = state;
      if (shape === null) return;
      if (isNew(shape, facts)) {
        find(root, 'tbody').replaceChildren(...rows(state).map(([first = '', ...rest]) => element('tr', {}, [
          element('th', { scope: 'row' }, [first]), ...rest.map((cell) => element('td', {}, [cell])),
        ])));
        setText(part(root, 'sentence'), modelPairs(shape.parameters)
          .map(([small, large]) => `${realityWords.frame(small.name, large.name, timesLarger(small.weights, large.weights))}.`).join(' '));
      }
      if (width() === 0 || !isNewPicture(shape, width(), paint())) return;
      drawPairs(/** @type {HTMLCanvasElement} */ (canvas), modelPairs(shape.parameters), width());
    },
  };
}

/** @param {HTMLCanvasElement} canvas @param {readonly (readonly [Sized, Sized])[]} all @param {number} width */
function drawPairs(canvas, all, width) {
  const isStacked = width < NARROW_PLOT;
  const side = Math.min(SQUARE_SIDE, (isStacked ? width : width / all.length - 24) - DOT_ROOM);
  const high = side + FRAME_CAPTION;
  const context = fitCanvas(canvas, width, isStacked ? high * all.length : high);
  const { ink, bar, well, sans } = paint();
  all.forEach(([small, large], index) => {
    const x = isStacked ? 0 : index * (side + DOT_ROOM + 48);
    const y = isStacked ? index * high : 0;
    const dot = side * Math.sqrt(small.weights / large.weights);
    context.fillStyle = well;
    context.fillRect(x + DOT_ROOM, y, side, side);
    context.strokeStyle = ink;
    context.strokeRect(x + DOT_ROOM + 0.5, y + 0.5, side - 1, side - 1);
    context.fillStyle = bar;
    context.fillRect(x + (DOT_ROOM - 8 - dot) / 2, y + side - dot, dot, dot);
    context.fillStyle = ink;
    context.font = `13px ${sans}`;
    context.textBaseline = 'top';
    context.fillText(large.name, x + DOT_ROOM + 10, y + 10);
    const [head = '', tail = ''] = realityWords.frame(small.name, large.name, timesLarger(small.weights, large.weights)).split(': ');
    context.fillText(head, x, y + side + 8);
    context.fillText(tail, x, y + side + 25);
  });
}
