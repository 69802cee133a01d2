// The numbers that stand in this part's text.

import { tokensWords } from '../../words/tokens.js';
import { changes, part, setText } from '../elements.js';

/** @param {HTMLElement} root the part's section @returns {import('../../page/view.js').View} */
export function tokensFactsView(root) {
  const isNew = changes();
  return {
    root,
    draw({ shape, facts }) {
      if (shape === null || facts === null || !isNew(shape, facts)) return;
      for (const name of ['width', 'width-again']) setText(part(root, name), String(shape.nEmbd));
      const head = facts.tensors.find(({ name }) => name === 'lm_head');
      if (head !== undefined) setText(part(root, 'tying'), tokensWords.tying(head.rows, head.columns, shape.parameters));
    },
  };
}
