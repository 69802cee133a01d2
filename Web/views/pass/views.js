// The views of part 4.

import { find, part } from '../elements.js';
import { nameControl } from '../frame/name-control.js';
import { passFigureView } from './pass-figure.js';
import { stationsView } from './stations.js';

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @param {Promise<import('../../core/regions.js').Sources>} sources @returns {import('../../page/view.js').View[]} */
export function passViews(root, actions, sources) {
  return [
    nameControl(part(root, 'name'), actions), stationsView(find(root, '#stations'), actions), passFigureView(find(root, '#pass-figure'), actions, sources),
  ];
}
