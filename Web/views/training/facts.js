// The numbers that stand in this part's text.

import { formatCount, formatLoss } from '../../core/numbers.js';
import { answerTo, question } from '../../core/questions.js';
import { trainingWords } from '../../words/training.js';
import { changes, part, setText } from '../elements.js';

const heldOutError = question('heldOutError', []);

/** @param {HTMLElement} root the part's section @returns {import('../../page/view.js').View} */
export function trainingFactsView(root) {
  const isNew = changes();
  return {
    root,
    asks: ({ depth }) => (depth === 'advanced' ? [heldOutError] : []),
    draw(state) {
      const { shape } = state;
      if (shape === null) return;
      const known = answerTo(state, heldOutError);
      if (!isNew(shape, known)) return;
      setText(part(root, 'tokens'), formatCount(shape.vocabSize));
      setText(part(root, 'blind'), formatLoss(shape.baselines.uniform));
      setText(part(root, 'held-out'), formatCount(shape.heldOut));
      setText(part(root, 'error'), known === undefined || Number.isNaN(known.error) ? '' : trainingWords.heldOutError(known));
    },
  };
}
