// Which layer and head the attention figures show.

import { nextWords } from '../../words/next-letter.js';
import { button, element, setAttribute } from '../elements.js';

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function headPickerView(root, actions) {
  const layers = element('span', { role: 'group', 'aria-label': nextWords.layer }, [nextWords.layer]);
  const heads = element('span', { role: 'group', 'aria-label': nextWords.head }, [nextWords.head]);
  const average = button(nextWords.average, () => actions.choose({ layer: null }), { 'data-depth': 'advanced' });
  root.append(layers, heads);
  /** @type {HTMLButtonElement[]} */
  let layerButtons = [];
  /** @type {HTMLButtonElement[]} */
  let headButtons = [];
  /** @param {string} what @param {number} count @param {(index: number) => void} choose */
  const row = (what, count, choose) => Array.from({ length: count }, (_, index) =>
    button(String(index + 1), () => choose(index), { 'aria-label': `${what} ${index + 1}` }));
  return {
    root,
    draw({ shape, layer, head }) {
      if (shape === null) return;
      if (layerButtons.length !== shape.nLayer || headButtons.length !== shape.nHead) {
        layerButtons = row(nextWords.layer, shape.nLayer, (index) => actions.choose({ layer: index }));
        headButtons = row(nextWords.head, shape.nHead, (index) => actions.choose({ head: index }));
        layers.replaceChildren(nextWords.layer, ...layerButtons, average);
        heads.replaceChildren(nextWords.head, ...headButtons);
      }
      layerButtons.forEach((one, index) => setAttribute(one, 'aria-pressed', String(index === layer)));
      headButtons.forEach((one, index) => setAttribute(one, 'aria-pressed', String(index === head)));
      setAttribute(average, 'aria-pressed', String(layer === null));
    },
  };
}
