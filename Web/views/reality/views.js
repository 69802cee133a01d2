// The views of part 7.

import { realityWords } from '../../words/reality.js';
import { changes, find, part, setText } from '../elements.js';
import { codeLinesView } from './code-lines.js';
import { scaleView } from './scale.js';

/** The sentence with the ratio. @param {HTMLElement} root the part's section @returns {import('../../page/view.js').View} */
function ratioView(root) {
  const isNew = changes();
  return {
    root,
    draw({ shape }) {
      const [gpt2] = realityWords.others;
      if (shape === null || gpt2 === undefined || !isNew(shape)) return;
      setText(part(root, 'ratio'), realityWords.larger(gpt2.name, Math.round(gpt2.weights / shape.parameters)));
    },
  };
}

/** @param {HTMLElement} root the part's section @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View[]} */
export function realityViews(root, actions) {
  return [ratioView(root), codeLinesView(find(root, '#code-lines'), actions), scaleView(find(root, '#scale'), actions)];
}
