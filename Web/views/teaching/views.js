// The views that help teaching, all over the page.

import { find } from '../elements.js';
import { predictCards } from './cards.js';
import { glossaryView } from './glossary.js';
import { predictView } from './predict.js';
import { shownPartsView } from './shown-parts.js';
import { tryItView } from './try-it.js';

/** @param {Document} document @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View[]} */
export function teachingViews(document, actions) {
  return [
    shownPartsView(find(document, '#left-out'), actions),
    tryItView(document, actions),
    glossaryView(find(document, '#main')),
    ...Object.entries(predictCards(actions)).map(([id, card]) => predictView(find(document, `#${id}`), actions, card)),
  ];
}
