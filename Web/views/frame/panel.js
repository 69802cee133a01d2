// A panel over the page: opens below the run bar, closes by Escape, a press outside or its own button, and gives the focus
// back.

import { frameWords } from '../../words/frame.js';
import { button, element } from '../elements.js';

/** @typedef {import('../../core/state.js').Panel} Panel */

/** What had the focus when the first of the open panels opened: one may open another. @type {HTMLElement | null} */
let opener = null;

/**
 * @param {HTMLElement} root @param {Panel} name @param {string} title @param {import('../../page/actions.js').Actions} actions
 * @param {(Node | string)[]} contents
 * @returns {(state: import('../../core/state.js').State) => boolean} shows or hides it; whether it is shown
 */
export function panelFrame(root, name, title, actions, contents) {
  let isOpen = false;
  const close = button('×', () => actions.panel(null), { 'aria-label': frameWords.close, class: 'close' });
  root.replaceChildren(element('div', { class: 'panel-head' }, [element('h2', {}, [title]), close]), ...contents);
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    actions.panel(null);
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (isOpen && target instanceof Element && !root.contains(target) && target.closest('#run-bar') === null) actions.panel(null);
  });
  return ({ panel }) => {
    if (isOpen === (panel === name)) return isOpen;
    isOpen = panel === name;
    root.hidden = !isOpen;
    if (isOpen) {
      const focused = /** @type {HTMLElement | null} */ (document.activeElement);
      if (focused?.closest('.panel') === null) opener = focused;
      close.focus();
    } else if (panel === null) {
      // What is given the focus back is in sight; Chromium would scroll for a button of a sticky bar.
      opener?.focus({ preventScroll: true });
    }
    return isOpen;
  };
}
