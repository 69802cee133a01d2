// Where one head looks from one letter: arcs over the name, as wide as the shares.

import { answerTo, question } from '../../core/questions.js';
import { fedText } from '../../core/state.js';
import { nextWords } from '../../words/next-letter.js';
import { frameWords } from '../../words/frame.js';
import { changes, find, fitCanvas, part, setAttribute, setText, widthOf } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { paint } from '../paint.js';
import { formatShare } from '../../core/numbers.js';
import { markOf } from './asking-letter.js';

/** @typedef {import('../../core/state.js').State} State */

/** Arcs drawn at most, and the least share that is drawn. */
const MOST_ARCS = 5;
const LEAST_SHARE = 0.03;
/** Milliseconds in which the arcs of a look appear, one after another. */
const ARCS_TIME = 240;
const HIGHEST = 84;

/** The head that is drawn: in Minimal the one worth most. @param {State} state @returns {{ layer: number | null, head: number }} */
export function shownHead(state) {
  if (state.depth !== 'minimal') return { layer: state.layer, head: state.head };
  return answerTo(state, question('bestHead', [])) ?? { layer: 0, head: 0 };
}

/** The questions about the attention on the text. @param {State} state */
export function attentionQuestions(state) {
  const text = fedText(state);
  return state.layer === null ? [question('look', [text]), question('averageAttention', [text])] : [question('look', [text])];
}

/** The shares of one query on keys 0 to the query; null until known. @param {State} state @param {{ layer: number | null, head: number }} shown @param {number} query @returns {number[] | null} */
export function sharesFrom(state, { layer, head }, query) {
  const text = fedText(state);
  const look = answerTo(state, question('look', [text]));
  const table = layer === null ? answerTo(state, question('averageAttention', [text])) : look?.attention[layer];
  if (look === undefined || table === undefined || query >= look.positions) return null;
  const start = (head * look.positions + query) * look.positions;
  return Array.from(table.subarray(start, start + query + 1));
}

/** What a look is, in words. @param {State} state @param {{ layer: number | null, head: number }} shown @param {readonly string[]} labels @param {number} query @param {readonly number[]} shares */
export function lookSentence(state, { layer, head }, labels, query, shares) {
  const looks = shares.map((share, key) => ({ share, label: key === query && query > 0 ? nextWords.itself : labels[key] ?? '' }))
    .sort((a, b) => b.share - a.share);
  const named = looks.slice(0, 4);
  const rest = looks.slice(4).reduce((sum, { share }) => sum + share, 0);
  return nextWords.looks(frameWords.headName(layer, head), labels[query] ?? '', fedText(state), named, rest);
}

/**
 * @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions
 * @param {import('./asking-letter.js').AskingLetter} asking @returns {import('../../page/view.js').View}
 */
export function arcsView(root, actions, asking) {
  const plot = find(root, '.plot');
  const canvas = /** @type {HTMLCanvasElement} */ (find(root, 'canvas'));
  const readout = part(root, 'readout');
  const best = part(root, 'best');
  const width = widthOf(plot, actions.redraw);
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)');
  /** When the reader chose another look: its arcs then appear one after another. */
  let chosenAt = -Infinity;
  let letterWidth = 36;
  /** @type {State | null} */
  let latest = null;

  /** @param {number} place */
  const choose = (place) => {
    if (latest === null) return;
    chosenAt = performance.now();
    asking.choose(Math.min(asking.labels(latest).length - 1, Math.max(0, place)));
  };
  canvas.addEventListener('click', (event) => choose(Math.floor((event.clientX - canvas.getBoundingClientRect().left) / letterWidth)));
  plot.addEventListener('keydown', (event) => {
    if (latest === null) return;
    const now = asking.of(latest);
    const goal = /** @type {Record<string, number>} */ ({ ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: Infinity })[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    choose(goal);
  });

  const drawFoot = figureFoot(root, {
    actions, picture: canvas,
    table(state) {
      const query = asking.of(state);
      const labels = asking.labels(state);
      return {
        columns: nextWords.mapColumns,
        rows: (sharesFrom(state, shownHead(state), query) ?? []).map((share, key) => [labels[query] ?? '', labels[key] ?? '', formatShare(share)]),
      };
    },
  });

  /** @param {readonly string[]} labels @param {number} query @param {readonly number[]} shares @param {number} portion of the arcs that are drawn */
  function drawPicture(labels, query, shares, portion) {
    const { ink, q, k, mono } = paint();
    letterWidth = Math.min(52, width() / labels.length);
    const size = Math.min(36, letterWidth * 0.9);
    const base = HIGHEST + 8;
    const context = fitCanvas(canvas, width(), base + size * 1.5);
    context.font = `${size}px ${mono}`;
    context.textAlign = 'center';
    labels.forEach((label, place) => {
      context.fillStyle = place === query ? q : place < query ? k : ink;
      context.fillText(markOf(label), (place + 0.5) * letterWidth, base + size);
    });
    context.lineWidth = 2;
    context.strokeStyle = q;
    context.beginPath();
    context.moveTo(query * letterWidth + 4, base + size * 1.3);
    context.lineTo((query + 1) * letterWidth - 4, base + size * 1.3);
    context.stroke();
    const arcs = shares.map((share, key) => ({ share, key })).filter(({ share }) => share >= LEAST_SHARE)
      .sort((a, b) => b.share - a.share).slice(0, MOST_ARCS);
    arcs.slice(0, Math.ceil(portion * arcs.length)).forEach(({ share, key }) => {
      context.lineWidth = 1 + 7 * share;
      const [from, to] = [(query + 0.5) * letterWidth, (key + 0.5) * letterWidth];
      context.beginPath();
      if (key === query) context.arc(from, base - 10, 8, 0, 2 * Math.PI);
      else context.ellipse((from + to) / 2, base, (from - to) / 2, Math.min(HIGHEST - 6, 14 + (from - to) * 0.35), 0, Math.PI, 2 * Math.PI);
      context.stroke();
    });
  }

  const isNew = changes();
  return {
    root,
    asks: (state) => (state.depth === 'minimal' ? [...attentionQuestions(state), question('bestHead', [])] : attentionQuestions(state)),
    draw(state, calm) {
      latest = state;
      if (width() === 0) return;
      drawFoot(calm);
      const shown = shownHead(state);
      const query = asking.of(state);
      const shares = sharesFrom(state, shown, query);
      if (shares === null) return;
      const labels = asking.labels(state);
      const bestHead = answerTo(state, question('bestHead', []));
      setText(best, state.depth !== 'minimal' ? '' : bestHead === undefined
        ? nextWords.bestWaits : nextWords.best(frameWords.headName(bestHead.layer, bestHead.head), bestHead.worth));
      const calmShares = sharesFrom(calm, shown, query);
      if (calmShares !== null && fedText(calm) === fedText(state)) {
        setText(readout, lookSentence(calm, shown, labels, query, calmShares));
        setSentence(part(root, 'sentence'), calm, () => lookSentence(calm, shown, labels, query, calmShares));
        setAttribute(plot, 'aria-label', `${nextWords.mapTitle}. ${state.isTraining ? frameWords.whileTraining : lookSentence(calm, shown, labels, query, calmShares)}`);
      }
      const portion = isStill.matches || state.isTraining ? 1 : Math.min(1, (performance.now() - chosenAt) / ARCS_TIME);
      if (portion < 1) actions.redraw();
      if (isNew(labels.join(' '), query, width(), portion, paint(), ...shares)) drawPicture(labels, query, shares, portion);
    },
  };
}
