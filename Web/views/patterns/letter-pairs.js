// How often each letter is followed by each other: a map of counts, on a scale that ends at the largest.

import { tokenLabels } from '../../core/tokens.js';
import { formatCount } from '../../core/numbers.js';
import { frameWords } from '../../words/frame.js';
import { patternsWords } from '../../words/patterns.js';
import { changes, element, fillTo, find, part, setText, widthOf } from '../elements.js';
import { figureFoot } from '../figure.js';
import { drawScale, heatMap } from '../heat-map.js';
import { paint } from '../paint.js';

/** @typedef {import('../../core/state.js').State} State */

/** Labels beside the map, and the cells' sizes. */
const PAIR_LABEL = 22;
const LARGEST_PAIR_CELL = 18;
/** Pairs in the list. */
const LISTED_PAIRS = 10;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function letterPairsView(root, actions) {
  const plot = find(root, '.plot');
  const width = widthOf(plot, actions.redraw);
  /** @type {State | null} */
  let latest = null;
  const size = () => latest?.shape?.vocabSize ?? 0;
  const countOf = (/** @type {number} */ before, /** @type {number} */ after) => latest?.facts?.pairs[before * size() + after] ?? 0;
  const before = (/** @type {number} */ token) => latest?.shape?.letters[token] ?? frameWords.start;
  const after = (/** @type {number} */ token) => latest?.shape?.letters[token] ?? frameWords.end;
  const rowSum = (/** @type {number} */ row) => Array.from({ length: size() }, (_, column) => countOf(row, column)).reduce((sum, one) => sum + one, 0);

  const map = heatMap(plot, {
    label: patternsWords.pairsPlot, readout: part(root, 'readout'), redraw: actions.redraw,
    read: (row, column) => patternsWords.pair(before(row), after(column), countOf(row, column), rowSum(row)),
  });
  const foot = figureFoot(root, {
    actions, picture: /** @type {HTMLCanvasElement} */ (find(plot, 'canvas')),
    table: ({ shape, facts }) => (shape === null || facts === null ? null : {
      columns: ['Before', ...shape.letters, frameWords.end],
      rows: Array.from({ length: shape.vocabSize }, (_, row) => [shape.letters[row] ?? frameWords.start, ...facts.pairs.slice(row * shape.vocabSize, (row + 1) * shape.vocabSize)]),
    }),
  });
  setText(part(root, 'readout'), patternsWords.pairsHint);

  /** @param {readonly number[]} pairs @param {number} tokens */
  function listCommonPairs(pairs, tokens) {
    const common = pairs.map((count, at) => ({ count, name: patternsWords.pairName(before(Math.floor(at / tokens)), after(at % tokens)) }))
      .sort((a, b) => b.count - a.count).slice(0, LISTED_PAIRS);
    const list = part(root, 'common');
    fillTo(list, common.length, () => element('li', {}, [
      element('span'), element('span', { class: 'bar-line', 'aria-hidden': 'true' }), element('span'),
    ]));
    common.forEach(({ count, name }, index) => {
      const item = /** @type {HTMLElement} */ (list.children[index]);
      const [first, , last] = Array.from(item.children);
      item.style.setProperty('--share', String(count / most));
      if (first !== undefined) setText(first, name);
      if (last !== undefined) setText(last, formatCount(count));
    });
    setText(part(root, 'common-title'), patternsWords.commonPairsTitle(common.length));
    setText(part(root, 'sentence'), patternsWords.commonPairs(common.slice(0, 3).map(({ name, count }) => `${name}, ${formatCount(count)} times`)));
  }

  const areNewFacts = changes();
  const isNew = changes();
  let most = 1;
  return {
    root,
    draw(state) {
      const { shape, facts } = state;
      foot(state);
      if (shape === null || facts === null || width() === 0) return;
      latest = state;
      if (areNewFacts(facts)) {
        most = facts.pairs.reduce((largest, one) => Math.max(largest, one), 1);
        listCommonPairs(facts.pairs, shape.vocabSize);
      }
      const cell = Math.min(LARGEST_PAIR_CELL, Math.floor((width() - PAIR_LABEL - 1) / shape.vocabSize));
      if (!isNew(facts, cell, paint(), map.cursor())) return;
      const labels = tokenLabels(shape);
      map.draw({
        values: facts.pairs, rows: shape.vocabSize, columns: shape.vocabSize, cell, scale: most, isShare: true, rowLabels: labels, columnLabels: labels,
      });
      const strip = part(root, 'scale');
      drawScale(strip, most, true);
      ['0', formatCount(most / 2), `${formatCount(most)} times`].forEach((text, index) => {
        const label = strip.querySelectorAll('span')[index];
        if (label !== undefined) setText(label, text);
      });
    },
  };
}
