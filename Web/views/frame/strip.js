// A strip under the run bar: a notice with what it offers, or at the end of a run how it stands and what to do now.

import { brokenAfter } from '../../core/state.js';
import { ALL_HEADS } from '../../core/switches.js';
import { frameWords } from '../../words/frame.js';
import { button, changes, element, setText } from '../elements.js';

/** @typedef {import('../../page/view.js').View} View */

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {View} */
export function stripView(root, actions) {
  const text = element('p');
  const buttons = element('div', { class: 'offers' });
  root.replaceChildren(text, buttons);
  const close = () => button('×', () => actions.closeStrip(), { 'aria-label': frameWords.close });
  const ends = () => [
    button(frameWords.endOwn, () => {
      actions.choose({ hasEnded: false });
      actions.goTo('#own', true);
    }),
    button(frameWords.endDrag, () => {
      actions.choose({ hasEnded: false });
      actions.goTo('#run-bar [data-part=scrubber]', true);
    }),
    button(frameWords.endHeads, () => {
      actions.choose({ hasEnded: false, off: ALL_HEADS });
      actions.goTo('#no-heads', false);
    }),
    button(frameWords.goOn, () => actions.train()),
    close(),
  ];
  const isNew = changes();
  return {
    root: null,
    draw(state) {
      const { notice, hasEnded, step, status } = state;
      const sentence = `${frameWords.ended(step)} ${frameWords.status(status, brokenAfter(state))}`;
      if (!isNew(notice, hasEnded, hasEnded && notice === null ? sentence : '')) return;
      root.hidden = notice === null && !hasEnded;
      if (root.hidden) return;
      if (notice !== null) {
        const { offer, label } = notice;
        setText(text, notice.text);
        buttons.replaceChildren(...(offer === null ? [] : [button(label, () => actions.accept(offer))]), close());
      } else {
        setText(text, sentence);
        buttons.replaceChildren(...ends());
      }
    },
  };
}
