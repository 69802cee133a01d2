// The list of keys, and the switch that turns them off.

import { frameWords } from '../../words/frame.js';
import { element } from '../elements.js';
import { panelFrame } from './panel.js';

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function keysView(root, actions) {
  const check = element('input', { type: 'checkbox' });
  check.addEventListener('change', () => actions.choose({ hasShortcuts: check.checked }));
  const rows = frameWords.keys.map(([keys = '', does = '']) => element('li', {}, [element('kbd', {}, [keys]), ` ${does}`]));
  const show = panelFrame(root, 'keys', frameWords.keysTitle, actions, [
    element('ul', { class: 'keys' }, rows), element('label', { class: 'check' }, [check, frameWords.useKeys]),
  ]);
  return {
    root: null,
    draw(state) {
      if (show(state)) check.checked = state.hasShortcuts;
    },
  };
}
