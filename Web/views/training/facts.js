// The numbers that stand in this part's text.

import { formatCount, formatLoss } from '../../core/numbers.js';
import { changes, part, setText } from '../elements.js';

/** @param {HTMLElement} root the part's section @returns {import('../../page/view.js').View} */
export function trainingFactsView(root) {
  const isNew = changes();
  return {
    root,
    draw({ shape }) {
      if (shape === null || !isNew(shape)) return;
      setText(part(root, 'tokens'), formatCount(shape.vocabSize));
      setText(part(root, 'blind'), formatLoss(shape.baselines.uniform));
      setText(part(root, 'held-out'), formatCount(shape.heldOut));
    },
  };
}
