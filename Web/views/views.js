// All views of the page, in its order.

import { find } from './elements.js';
import { agesView } from './first-look/ages.js';
import { journeyView } from './first-look/journey.js';
import { letterByLetterView } from './first-look/letter-by-letter.js';
import { noHeadsView } from './first-look/no-heads.js';
import { ownNameView } from './first-look/own-name.js';
import { footerView } from './frame/footer.js';
import { lookView } from './frame/look.js';
import { moreView } from './frame/more.js';
import { keysView } from './frame/keys.js';
import { nameControl } from './frame/name-control.js';
import { railView } from './frame/rail.js';
import { runBarView } from './frame/run-bar.js';
import { shareView } from './frame/share.js';
import { statusView } from './frame/status.js';
import { stripView } from './frame/strip.js';
import { headsViews } from './heads/views.js';
import { nextLetterViews } from './next-letter/views.js';
import { passViews } from './pass/views.js';
import { patternsViews } from './patterns/views.js';
import { realityViews } from './reality/views.js';
import { tokensViews } from './tokens/views.js';
import { teachingViews } from './teaching/views.js';
import { trainingViews } from './training/views.js';
import { workbenchViews } from './workbench/views.js';

/** @typedef {import('../page/view.js').View} View */

/**
 * @param {Document} document @param {import('../page/actions.js').Actions} actions
 * @param {object} facts
 * @param {number} facts.engineBytes
 * @param {Promise<import('../core/regions.js').Sources>} facts.sources
 * @param {import('../page/seed-runs.js').SeedRuns} facts.seedRuns
 * @param {import('./workbench/views.js').Bench} facts.bench
 * @returns {View[]}
 */
export function allViews(document, actions, { engineBytes, sources, seedRuns, bench }) {
  const at = (/** @type {string} */ selector) => find(document, selector);
  return [
    lookView(document, actions),
    runBarView(at('#run-bar'), actions),
    nameControl(at('#run-bar [data-part=name]'), actions),
    stripView(at('#strip'), actions),
    moreView(at('#more'), actions),
    shareView(at('#share'), actions),
    keysView(at('#keys'), actions),
    ...teachingViews(document, actions),
    railView(at('#rail')),
    statusView(at('#first-look [data-part=status]'), actions),
    agesView(at('#ages'), actions),
    ownNameView(at('#own-name'), actions),
    noHeadsView(at('#no-heads'), actions),
    letterByLetterView(at('#letter-by-letter'), actions),
    journeyView(at('#journey'), actions),
    ...patternsViews(at('#patterns'), actions),
    ...tokensViews(at('#tokens'), actions),
    ...trainingViews(at('#training'), actions),
    ...passViews(at('#pass'), actions, sources),
    ...nextLetterViews(at('#next'), actions),
    ...headsViews(at('#heads'), actions, seedRuns),
    ...workbenchViews(at('#workbench'), actions, bench),
    ...realityViews(at('#reality'), actions),
    footerView(at('#fingerprint'), engineBytes),
  ];
}
