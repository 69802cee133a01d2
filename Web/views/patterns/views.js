// The views of this part.

import { find, part } from '../elements.js';
import { nameControl } from '../frame/name-control.js';
import { countingView } from './counting.js';
import { patternsFactsView } from './facts.js';
import { firstLettersView } from './first-letters.js';
import { letterPairsView } from './letter-pairs.js';
import { nameLengthsView } from './name-lengths.js';

/** @typedef {import('../../page/view.js').View} View */

/** @param {HTMLElement} root the part's section @param {import('../../page/actions.js').Actions} actions @returns {View[]} */
export function patternsViews(root, actions) {
  return [
    nameControl(part(root, 'name'), actions),
    patternsFactsView(root),
    firstLettersView(find(root, '#first-letters'), actions),
    nameLengthsView(find(root, '#name-lengths'), actions),
    letterPairsView(find(root, '#letter-pairs'), actions),
    countingView(find(root, '#counting'), actions),
  ];
}
