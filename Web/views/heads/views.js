// The views of part 6.

import { find } from '../elements.js';
import { eightSeedsView } from './eight-seeds.js';
import { headTableView } from './head-table.js';
import { headsOverTimeView } from './heads-over-time.js';
import { switchboardView } from './switchboard.js';
import { worthView } from './worth.js';

/**
 * @param {HTMLElement} root the part's section @param {import('../../page/actions.js').Actions} actions
 * @param {import('../../page/seed-runs.js').SeedRuns} seedRuns @returns {import('../../page/view.js').View[]}
 */
export function headsViews(root, actions, seedRuns) {
  return [
    switchboardView(find(root, '#switchboard'), actions),
    worthView(find(root, '#head-worth'), actions),
    headTableView(find(root, '#head-table'), actions),
    headsOverTimeView(find(root, '#heads-over-time'), actions),
    eightSeedsView(find(root, '#eight-seeds'), actions, seedRuns),
  ];
}
