// The whole pass: every table of weights and every row of numbers of the last letter, live; the values or their gradients.

import { cellAt, passLayout } from '../../core/pass-layout.js';
import { answerTo, question } from '../../core/questions.js';
import { frameWords } from '../../words/frame.js';
import { passWords } from '../../words/pass.js';
import { button, changes, element, find, part, setAttribute, setText, setValue, widthOf } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { WEIGHT_SCALE, drawScale } from '../heat-map.js';
import { paint } from '../paint.js';
import { createPassPainter } from './draw-pass.js';
import { inHand } from './in-hand.js';
import { cellName, cellOf, madeNumber, passSubject, placeOfCell, questionAbout } from './selection.js';

/** @typedef {import('../../core/pass-layout.js').PassBox} PassBox */
/** @typedef {import('../../core/pass-layout.js').PassLayout} PassLayout */
/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('./draw-pass.js').PassPlace} PassPlace */
/** @typedef {{ key: string, row: number, column: number }} PassCursor */

/** Values at the ends of the colours: numbers, and the slopes of numbers and weights. */
const NUMBER_SCALE = 6;
const SLOPE_SCALE = 0.1;
/** What is in hand at first: the first query. */
const FIRST_CURSOR = Object.freeze({ key: 'row 3', row: 0, column: 0 });

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @param {Promise<import('../../core/regions.js').Sources>} sources @returns {import('../../page/view.js').View} */
export function passFigureView(root, actions, sources) {
  const plot = find(root, '.plot');
  const canvas = /** @type {HTMLCanvasElement} */ (find(plot, 'canvas'));
  const readout = part(root, 'readout');
  const select = /** @type {HTMLSelectElement} */ (part(root, 'box'));
  const width = widthOf(plot, actions.redraw);
  const drawPass = createPassPainter();
  let isBackward = false;
  /** @type {PassCursor} */
  let cursor = FIRST_CURSOR;
  /** @type {PassCursor[]} */
  let history = [];
  /** @type {number | null} */
  let litTerm = null;
  /** @type {PassPlace | null} */
  let hovered = null;
  /** @type {PassLayout | null} */
  let layout = null;
  const isOtherLayout = changes();

  const modes = [passWords.values, passWords.gradients].map((label, index) => button(label, () => {
    isBackward = index === 1;
    litTerm = null;
    actions.redraw();
  }));
  part(root, 'mode').append(...modes);

  /** @param {PassCursor} goal @param {boolean} [isStep] whether Back returns from it */
  function moveTo(goal, isStep = false) {
    if (isStep) history = [...history.slice(-49), cursor];
    cursor = goal;
    litTerm = null;
    hovered = null;
    actions.redraw();
  }
  const hand = inHand(part(root, 'in-hand'), {
    redraw: actions.redraw,
    light(term) {
      litTerm = term;
      actions.redraw();
    },
    go(cell) {
      const goal = layout === null ? null : placeOfCell(cell, layout.boxes);
      if (goal !== null) moveTo(goal, true);
    },
    back() {
      const before = history.at(-1);
      history = history.slice(0, -1);
      if (before !== undefined) moveTo(before);
    },
  }, sources);

  /** @returns {PassPlace | null} */
  function placeInHand() {
    if (layout === null) return null;
    const box = layout.boxes.find(({ key }) => key === cursor.key) ?? layout.boxes[0];
    return box === undefined ? null : { box, row: Math.min(cursor.row, box.rows - 1), column: Math.min(cursor.column, box.columns - 1) };
  }
  /** @param {PointerEvent} event */
  function under(event) {
    const box = canvas.getBoundingClientRect();
    return layout === null ? null : cellAt(layout, event.clientX - box.left, event.clientY - box.top);
  }
  canvas.addEventListener('pointermove', (event) => {
    const found = under(event);
    if (found === hovered || (found !== null && hovered !== null && found.box === hovered.box && found.row === hovered.row && found.column === hovered.column)) return;
    hovered = found;
    actions.redraw();
  });
  canvas.addEventListener('pointerleave', () => {
    hovered = null;
    actions.redraw();
  });
  canvas.addEventListener('click', (event) => {
    const found = under(/** @type {PointerEvent} */ (event));
    if (found !== null) moveTo({ key: found.box.key, row: found.row, column: found.column });
  });
  plot.addEventListener('keydown', (event) => {
    const place = placeInHand();
    if (layout === null || place === null || event.target !== plot) return;
    const { box, row, column } = place;
    const at = layout.boxes.indexOf(box);
    // In a row that runs down, down is on.
    const isColumn = box.rows === 1 && box.regions[0]?.isTurned === true;
    const [ahead, across] = isColumn ? ['ArrowDown', 'ArrowRight'] : ['ArrowRight', 'ArrowDown'];
    const [behind, over] = isColumn ? ['ArrowUp', 'ArrowLeft'] : ['ArrowLeft', 'ArrowUp'];
    const goal = /** @type {Record<string, [number, number, number]>} */ ({
      [ahead]: [at, row, column + 1], [behind]: [at, row, column - 1], [across]: [at, row + 1, column], [over]: [at, row - 1, column],
      Home: [at, row, 0], End: [at, row, box.columns - 1], PageDown: [at + 1, 0, 0], PageUp: [at - 1, 0, 0],
    })[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    const target = layout.boxes[goal[0]];
    if (target === undefined || goal[1] < 0 || goal[1] >= target.rows || goal[2] < 0 || goal[2] >= target.columns) return;
    moveTo({ key: target.key, row: goal[1], column: goal[2] });
  });
  select.addEventListener('change', () => moveTo({ key: select.value, row: 0, column: 0 }));

  /** The layout for a state; null before there can be one. @param {State} state */
  function layoutFor(state) {
    if (state.shape === null || width() === 0) return null;
    const { tokens } = passSubject(state, state.shape);
    if (layout === null || isOtherLayout(state.shape, tokens.length, width())) layout = passLayout(state.shape, tokens.length, width());
    return layout;
  }
  /** @param {State} state @param {PassBox} box @returns {ArrayLike<number> | undefined} */
  function numbersOf(state, box) {
    if (state.shape === null) return undefined;
    const { text } = passSubject(state, state.shape);
    if (box.tensor !== null) return isBackward ? answerTo(state, question('passBack', [text]))?.tensors[box.tensor] : answerTo(state, question('tensor', [box.tensor]));
    const all = isBackward ? answerTo(state, question('passBack', [text]))?.rows : answerTo(state, question('pass', [text]));
    return all?.subarray(box.row.from, box.row.from + box.row.length);
  }
  const isShare = (/** @type {PassBox} */ box) => !isBackward && box.tensor === null && (box.row.part === 'attention' || box.row.part === 'probabilities');
  const scaleOf = (/** @type {PassBox} */ box) => (isBackward ? SLOPE_SCALE : box.tensor !== null ? WEIGHT_SCALE : isShare(box) ? 1 : NUMBER_SCALE);

  /** @param {PassBox} box @param {State} state */
  const nameOf = (box, state) => (box.tensor === null
    ? passWords.inLayer(passWords.role(box.row.part), box.row.layer) : state.facts?.tensors[box.tensor]?.name ?? '');

  const drawFoot = figureFoot(root, {
    actions, picture: canvas,
    table: (state) => ({
      columns: passWords.tableColumns,
      rows: (layoutFor(state)?.boxes ?? []).map((box) => {
        const values = Array.from(numbersOf(state, box) ?? []);
        return [nameOf(box, state), passWords.shape([box.rows, box.columns]), passWords.short(Math.min(...values)), passWords.short(Math.max(...values))];
      }),
    }),
  });
  const isOtherSelect = changes();
  const isOtherScale = changes();
  const isOtherPicture = changes();

  /** The boxes as a list. @param {PassLayout} shown @param {State} state */
  function drawSelect(shown, state) {
    if (isOtherSelect(state.shape)) {
      select.replaceChildren(...shown.boxes.map((box) => element('option', { value: box.key }, [nameOf(box, state)])));
    }
    setValue(select, cursor.key);
    if (select.value !== cursor.key && document.activeElement === select) select.value = cursor.key;
  }

  return {
    root,
    asks(state) {
      if (state.shape === null || state.facts === null) return [];
      const subject = passSubject(state, state.shape);
      const place = layoutFor(state) === null ? null : placeInHand();
      const about = place === null || layout === null ? null : questionAbout(place, layout.rows, subject, isBackward);
      return [
        ...(isBackward ? [question('passBack', [subject.text])] : state.facts.tensors.map((_, index) => question('tensor', [index]))),
        question('pass', [subject.text]), ...(about === null ? [] : [about]),
      ];
    },
    draw(state, calm) {
      const shown = layoutFor(state);
      if (shown === null || state.shape === null) return;
      const { shape } = state;
      drawFoot(calm);
      modes.forEach((mode, index) => setAttribute(mode, 'aria-pressed', String(isBackward === (index === 1))));
      drawSelect(shown, state);
      if (isOtherScale(paint(), isBackward)) {
        drawScale(part(root, 'weight-scale'), isBackward ? SLOPE_SCALE : WEIGHT_SCALE, false);
        drawScale(part(root, 'number-scale'), isBackward ? SLOPE_SCALE : NUMBER_SCALE, false);
      }
      const subject = passSubject(state, shape);
      const place = placeInHand();
      if (place === null) return;
      const texts = { ...state, answers: calm.answers };
      const about = questionAbout(place, shown.rows, subject, isBackward);
      const sum = about === null ? undefined : answerTo(texts, about) ?? answerTo(state, about);
      const made = madeNumber(place, shown.rows, subject.tokens);
      const strongest = sum === undefined || sum.terms.length === 0 ? null : sum.terms.reduce((best, { product }, index, all) => (Math.abs(product) > Math.abs(all[best]?.product ?? 0) ? index : best), 0);
      const term = litTerm ?? (isBackward ? null : made?.term) ?? strongest;
      const index = place.row * place.box.columns + place.column;
      const value = (numbersOf(texts, place.box) ?? numbersOf(state, place.box))?.[index];
      if (value !== undefined) {
        hand.draw({ place, shape, rows: shown.rows, subject, isBackward, value, sum, term, canGoBack: history.length > 0 }, state);
      }
      const pointed = hovered !== null && shown.boxes.includes(hovered.box) ? hovered : place;
      const pointedValue = (numbersOf(texts, pointed.box) ?? numbersOf(state, pointed.box))?.[pointed.row * pointed.box.columns + pointed.column];
      const pointedName = cellName(cellOf(pointed), state, shown.rows, subject.tokens.length);
      const says = pointed.box.tensor === null
        ? `${nameOf(pointed.box, state)} · ${(isBackward ? passWords.gradient : passWords.cell)(pointedName, pointedValue ?? NaN)}`
        : (isBackward ? passWords.gradient : passWords.cell)(pointedName, pointedValue ?? NaN);
      setText(readout, says);
      if (!state.isTraining && document.activeElement === plot) setAttribute(plot, 'aria-label', `${passWords.plot}: ${says}`);
      const chances = shown.rows.at(-1);
      const pass = answerTo(texts, question('pass', [subject.text]));
      if (chances !== undefined && pass !== undefined) {
        const last = Array.from(pass.subarray(chances.from, chances.from + chances.length));
        const best = last.indexOf(Math.max(...last));
        setSentence(part(root, 'sentence'), calm, () => passWords.sentence(subject.text, subject.letters.at(-1) ?? '', shape.letters[best] ?? frameWords.end, last[best] ?? 0));
      }

      const numbers = isBackward ? answerTo(state, question('passBack', [subject.text])) : answerTo(state, question('pass', [subject.text]));
      const weights = isBackward ? numbers : answerTo(state, question('tensor', [0]));
      if (!isOtherPicture(numbers, weights, shown, paint(), cursor, hovered, term, isBackward, state.marksSigns)) return;
      const others = made === null || isBackward ? [] : related(shown, place, made);
      drawPass(canvas, shown, { ofBox: (box) => numbersOf(state, box), scaleOf, isShare }, {
        place, others: hovered === null ? others : [...others, hovered], tokenRow: subject.tokens.at(-1) ?? 0, positionRow: subject.tokens.length - 1,
        marksSigns: state.marksSigns, letters: subject.letters, tokens: [...shape.letters, frameWords.end.slice(0, 1)],
        textOf({ kind, box, layer }) {
          if (kind === 'layer') return passWords.layer(layer ?? 0);
          if (kind === 'wte') return passWords.wte(subject.letters.at(-1) ?? '');
          if (kind === 'wpe') return passWords.wpe(subject.tokens.length - 1);
          if (box === null) return '';
          if (kind === 'symbol') return passWords.symbol(box.row.part);
          return kind === 'tensor' ? passWords.table(nameOf(box, state)) : passWords.role(box.row.part);
        },
      });
    },
  };
}

/** What stands in one sum: the row of weights, the row that it reads, the number it makes. @param {PassLayout} layout @param {PassPlace} place @param {{ number: number, index: number }} made @returns {PassPlace[]} */
function related({ boxes, rows }, place, made) {
  const row = rows[made.number];
  const result = boxes.find(({ key }) => key === `row ${made.number}`);
  if (row === undefined || result === undefined) return [];
  const weights = row.tensor === null ? undefined : boxes.find(({ key }) => key === `tensor ${row.tensor}`);
  const read = boxes.find(({ key }) => key === `row ${row.reads}`);
  return [
    ...(weights === undefined ? [] : [{ box: weights, row: made.index, column: -1 }]),
    ...(weights === undefined || read === undefined ? [] : [{ box: read, row: 0, column: -1 }]),
    ...(place.box === result ? [] : [{ box: result, row: Math.floor(made.index / result.columns), column: made.index % result.columns }]),
  ];
}
