// The letters as points: along the two directions in which their rows of wte differ most.

import { mapBox, nearestOnMap } from '../../core/letter-map.js';
import { answerTo, question } from '../../core/questions.js';
import { tokenLabels } from '../../core/tokens.js';
import { tokensWords } from '../../words/tokens.js';
import { changes, element, fillTo, find, part, setText, widthOf } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { paint } from '../paint.js';
import { drawLetterMap } from './draw-letter-map.js';

/** @typedef {import('../../core/state.js').State} State */

/** The largest side of the map. */
const LARGEST_MAP = 520;
/** Letters in the list, and those that the map marks. */
const LISTED = 6;
const MARKED = 3;

/** @param {State} state */
const mapOf = (state) => answerTo(state, question('letterMap', [])) ?? null;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function letterMapView(root, actions) {
  const plot = find(root, '.plot');
  const canvas = /** @type {HTMLCanvasElement} */ (find(plot, 'canvas'));
  const width = widthOf(plot, actions.redraw);
  const list = part(root, 'nearest');
  canvas.setAttribute('aria-hidden', 'true');
  plot.setAttribute('role', 'img');
  plot.setAttribute('tabindex', '0');
  plot.setAttribute('aria-label', tokensWords.mapPlot);
  /** The token chosen; null: the first letter of the name on show. @type {number | null} */
  let chosen = null;
  /** @type {State | null} */
  let latest = null;
  /** @type {{ points: Float64Array, box: import('../../core/letter-map.js').MapBox } | null} */
  let drawn = null;

  /** @param {State} state */
  function tokenOf({ shape, name }) {
    if (shape === null) return 0;
    return chosen !== null && chosen < shape.vocabSize ? chosen : Math.max(0, shape.letters.indexOf(Array.from(name)[0] ?? ''));
  }
  /** @param {State} state @param {number} token */
  const letterOf = ({ shape }, token) => (shape === null ? '' : tokensWords.token(shape, token));
  /** @param {State} state @param {number} count */
  const nearestOf = (state, count) => answerTo(state, question('nearestLetters', [tokenOf(state)]))?.slice(0, count);

  /** @param {number} token */
  function choose(token) {
    chosen = token;
    actions.redraw();
  }
  canvas.addEventListener('pointerdown', (event) => {
    if (drawn === null) return;
    const place = canvas.getBoundingClientRect();
    choose(nearestOnMap(drawn.box, drawn.points, event.clientX - place.left, event.clientY - place.top));
  });
  plot.addEventListener('keydown', (event) => {
    const last = (latest?.shape?.vocabSize ?? 0) - 1;
    if (latest === null || last < 0) return;
    const at = tokenOf(latest);
    const goal = /** @type {Record<string, number>} */ ({
      ArrowLeft: at === 0 ? last : at - 1, ArrowRight: at === last ? 0 : at + 1, Home: 0, End: last,
    })[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    choose(goal);
  });

  const foot = figureFoot(root, {
    actions, picture: canvas,
    table: (state) => {
      const map = mapOf(state);
      return map === null || state.shape === null ? null : {
        columns: ['Letter', 'x', 'y'],
        rows: tokenLabels(state.shape).map((_, token) => [letterOf(state, token), map.points[2 * token] ?? 0, map.points[2 * token + 1] ?? 0]),
      };
    },
  });

  const isNew = changes();
  const isNewText = changes();
  return {
    root,
    asks: (state) => (state.shape === null ? [] : [question('letterMap', []), question('nearestLetters', [tokenOf(state)])]),
    draw(state, calm) {
      foot(calm);
      const map = mapOf(state);
      if (map === null || state.shape === null || width() === 0) return;
      latest = state;
      const size = Math.min(LARGEST_MAP, Math.floor(width()));
      const nearest = nearestOf(state, LISTED);
      if (isNew(map, size, tokenOf(state), nearest?.map(({ token }) => token).join(), paint())) {
        drawn = { points: map.points, box: mapBox(size, map.points) };
        drawLetterMap(canvas, {
          ...drawn, labels: tokenLabels(state.shape), chosen: tokenOf(state), nearest: (nearest ?? []).slice(0, MARKED).map(({ token }) => token),
        });
      }
      const readMap = mapOf(calm);
      const readNearest = nearestOf(calm, LISTED);
      if (readMap === null || readNearest === undefined || !isNewText(readMap, readNearest[0], tokenOf(calm), state.isTraining)) return;
      const letters = readNearest.map(({ token, cosine }) => ({ letter: letterOf(calm, token), cosine }));
      const letter = letterOf(calm, tokenOf(calm));
      const sentence = tokensWords.nearest(letter, letters.slice(0, MARKED));
      setText(part(root, 'nearest-title'), tokensWords.nearestTitle(letter));
      fillTo(list, letters.length, () => element('li', {}, [
        element('span'), element('span', { class: 'bar-line', 'aria-hidden': 'true' }), element('span'),
      ]));
      letters.forEach((one, index) => {
        const item = /** @type {HTMLElement} */ (list.children[index]);
        const [first, , last] = Array.from(item.children);
        item.style.setProperty('--share', String(Math.max(0, one.cosine)));
        if (first !== undefined) setText(first, one.letter);
        if (last !== undefined) setText(last, tokensWords.cosine(one.cosine));
      });
      setText(part(root, 'readout'), sentence);
      setText(part(root, 'share'), tokensWords.mapShare(readMap.share, readMap.milestone));
      plot.setAttribute('aria-label', `${tokensWords.mapPlot}${state.isTraining ? '' : `; ${sentence}`}`);
      setSentence(part(root, 'sentence'), state, () => tokensWords.map(readMap.share, sentence));
    },
  };
}
