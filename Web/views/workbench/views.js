// The views of the Workbench.

import { find } from '../elements.js';
import { experimentsView } from './experiments.js';
import { fieldsView } from './fields.js';
import { ownNamesView } from './own-names.js';

/** @typedef {import('../../core/names.js').RunNames} RunNames */
/** @typedef {import('../../core/settings.js').Settings} Settings */

/**
 * @typedef {object} Bench what the engine and the device say of runs that are not there yet
 * @property {(names: RunNames, settings: Settings) => import('../../engine/messages.js').Plan} plan
 * @property {(asker: string, names: RunNames, settings: Settings, told: (speed: import('../../core/forecast.js').Speed | null) => void) => void} measure
 * @property {(asker: string) => void} stop
 */

/** @param {HTMLElement} root the section @param {import('../../page/actions.js').Actions} actions @param {Bench} bench @returns {import('../../page/view.js').View[]} */
export function workbenchViews(root, actions, bench) {
  return [
    experimentsView(find(root, '#experiments'), actions),
    ownNamesView(find(root, '#own-names'), actions, bench),
    fieldsView(find(root, '#run-fields'), actions, bench),
  ];
}
