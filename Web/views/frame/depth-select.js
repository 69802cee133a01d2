// A select for the depth, wherever one stands.

import { DEPTHS } from '../../core/depths.js';
import { element, setValue } from '../elements.js';

/**
 * @param {HTMLSelectElement} select @param {import('../../page/actions.js').Actions} actions
 * @returns {(state: import('../../core/state.js').State) => void}
 */
export function depthSelect(select, actions) {
  for (const { depth, label, minutes } of DEPTHS) select.append(element('option', { value: depth }, [`${label} · ${minutes} min`]));
  select.addEventListener('change', () => {
    const chosen = DEPTHS.find(({ depth }) => depth === select.value);
    if (chosen !== undefined) actions.depth(chosen.depth);
  });
  return ({ depth }) => setValue(select, depth);
}
