// Which step a panel shows: untrained, an age that was reached, now, or the step that was pinned.

import { AGES } from '../../core/timeline.js';
import { trainingWords } from '../../words/training.js';
import { button, changes, element, part, setValue } from '../elements.js';

/**
 * @param {HTMLElement} root @param {'a' | 'b'} which @param {import('../../page/actions.js').Actions} actions
 * @returns {(state: import('../../core/state.js').State) => void}
 */
export function panelSelect(root, which, actions) {
  const select = element('select', { 'aria-label': trainingWords.panelShows(which.toUpperCase()) });
  select.addEventListener('change', () => actions.choose({ [which]: select.value === 'now' ? null : Number(select.value) }));
  let step = 0;
  const pin = button(trainingWords.pin, () => actions.choose({ [which]: step }), { 'aria-label': `${trainingWords.pin}: ${which.toUpperCase()}` });
  part(root, 'select').append(select, pin);
  const isNew = changes();
  return (state) => {
    step = state.step;
    const chosen = state[which];
    const reached = AGES.filter((age) => age <= state.furthest);
    if (isNew(chosen, reached.length)) {
      const steps = [...new Set([...reached, ...(chosen === null ? [] : [chosen])])].sort((a, b) => a - b);
      select.replaceChildren(
        ...steps.map((one) => element('option', { value: String(one) }, [trainingWords.panelStep(one)])),
        element('option', { value: 'now' }, [trainingWords.panelNow]));
      select.value = chosen === null ? 'now' : String(chosen);
    }
    setValue(select, chosen === null ? 'now' : String(chosen));
  };
}
