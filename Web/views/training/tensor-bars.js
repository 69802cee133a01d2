// A bar for each tensor, on a scale that widens in stops and never shrinks while it is looked at.

import { trainingWords } from '../../words/training.js';
import { element, fillTo, find, setText } from '../elements.js';

/**
 * @param {HTMLElement} root @param {readonly number[]} stops values that a bar may end at, ascending
 * @returns {(tensors: readonly import('../../engine/messages.js').TensorShape[], values: readonly number[]) => void}
 */
export function tensorBars(root, stops) {
  let top = stops[0] ?? 1;
  const scale = element('p', { class: 'quiet' });
  const list = element('ul');
  root.append(list, scale);
  return (tensors, values) => {
    const largest = Math.max(...values);
    if (largest > top) top = stops.find((stop) => stop >= largest) ?? largest;
    fillTo(list, tensors.length, () => element('li', {}, [
      element('span', { class: 'tensor' }), element('span', { class: 'bar-line' }), element('span', { class: 'value', 'data-depth': 'advanced' }),
    ]));
    tensors.forEach(({ name }, index) => {
      const item = /** @type {HTMLElement} */ (list.children[index]);
      setText(find(item, '.tensor'), name);
      find(item, '.bar-line').style.setProperty('--share', String((values[index] ?? 0) / top));
      setText(find(item, '.value'), trainingWords.barValue(values[index] ?? 0));
    });
    setText(scale, trainingWords.barScale(top));
  };
}
