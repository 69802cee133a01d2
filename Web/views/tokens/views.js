// The views of this part.

import { find } from '../elements.js';
import { tokensFactsView } from './facts.js';
import { letterMapView } from './letter-map.js';
import { nameIdsView } from './name-ids.js';
import { oneSumView } from './one-sum.js';
import { weightTableView } from './weight-table.js';

/** @typedef {import('../../page/view.js').View} View */

/** @param {HTMLElement} root the part's section @param {import('../../page/actions.js').Actions} actions @returns {View[]} */
export function tokensViews(root, actions) {
  return [
    tokensFactsView(root),
    nameIdsView(find(root, '#name-ids'), actions),
    oneSumView(find(root, '#one-sum'), actions),
    weightTableView(find(root, '#wte'), actions, 'wte'),
    weightTableView(find(root, '#wpe'), actions, 'wpe'),
    letterMapView(find(root, '#letter-map'), actions),
  ];
}
