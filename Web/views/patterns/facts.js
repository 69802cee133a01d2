// The numbers that stand in this part's text.

import { bulkOfLengths } from '../../core/name-lengths.js';
import { formatCount } from '../../core/numbers.js';
import { patternsWords } from '../../words/patterns.js';
import { changes, part, setText } from '../elements.js';

/** The share of the names that "the bulk" means. */
const BULK = 0.8;

/** @param {HTMLElement} root the part's section @returns {import('../../page/view.js').View} */
export function patternsFactsView(root) {
  const isNew = changes();
  return {
    root,
    draw({ shape, facts, list }) {
      if (shape === null || facts === null || !isNew(shape, facts, list)) return;
      setText(part(root, 'names'), formatCount(list.length));
      setText(part(root, 'bulk'), patternsWords.bulk(bulkOfLengths(facts.lengths, BULK)));
      setText(part(root, 'too-long'), patternsWords.tooLong(facts.tooLong.map((place) => list[place] ?? ''), shape.blockSize - 1));
      setText(part(root, 'held-back'), patternsWords.heldBack(shape.heldOut, list.length));
    },
  };
}
