// The views of part 5.

import { find } from '../elements.js';
import { arcsView } from './arcs.js';
import { createAskingLetter } from './asking-letter.js';
import { attentionMapView } from './attention-map.js';
import { headPickerView } from './head-picker.js';
import { mergeView } from './merge.js';
import { nextBarsView } from './next-bars.js';
import { surpriseView } from './surprise.js';
import { textFieldView } from './text-field.js';
import { workedOutView } from './worked-out.js';

/** @param {HTMLElement} root the part's section @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View[]} */
export function nextLetterViews(root, actions) {
  const asking = createAskingLetter(actions.redraw);
  return [
    textFieldView(find(root, '#feed'), actions),
    nextBarsView(find(root, '#next-letter'), actions),
    surpriseView(find(root, '#surprise'), actions),
    headPickerView(find(root, '#head-picker'), actions),
    arcsView(find(root, '#arcs'), actions, asking),
    attentionMapView(find(root, '#attention'), actions, asking),
    workedOutView(find(root, '#worked-out'), actions, asking),
    mergeView(find(root, '#merge'), actions, asking),
  ];
}
