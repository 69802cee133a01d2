// How the run stands, in one sentence, and what that offers to do.

import { frameWords } from '../../words/frame.js';
import { button, changes, element, setText } from '../elements.js';

/** @typedef {import('../../page/view.js').View} View */

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {View} */
export function statusView(root, actions) {
  const sentence = element('span');
  const offers = element('span');
  root.replaceChildren(sentence, ' ', offers);
  const isNew = changes();
  return {
    root,
    draw(_, { shape, status, brokenStep }) {
      if (shape === null || !isNew(status, brokenStep)) return;
      setText(sentence, frameWords.status(status, brokenStep));
      const offer = frameWords.statusOffer(status, brokenStep);
      offers.replaceChildren(...(offer === null ? [] : [button(frameWords.offers[offer], () => actions.accept(offer))]));
    },
  };
}
