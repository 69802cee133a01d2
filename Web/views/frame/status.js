// How the run stands, in one sentence, and what that offers to do.

import { brokenAfter } from '../../core/state.js';
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
    draw(_, calm) {
      const { shape, status } = calm;
      const broken = brokenAfter(calm);
      if (shape === null || !isNew(status, broken)) return;
      setText(sentence, frameWords.status(status, broken));
      const offer = frameWords.statusOffer(status, broken);
      offers.replaceChildren(...(offer === null ? [] : [button(frameWords.offers[offer], () => actions.accept(offer))]));
    },
  };
}
