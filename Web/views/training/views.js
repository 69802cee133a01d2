// The views of part 3.

import { find } from '../elements.js';
import { statusView } from '../frame/status.js';
import { beatsView } from './beats.js';
import { comparisonView } from './comparison.js';
import { trainingFactsView } from './facts.js';
import { lossChartView } from './loss-chart.js';
import { oneWeightView } from './one-weight.js';

/** @param {HTMLElement} root the part's section @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View[]} */
export function trainingViews(root, actions) {
  return [
    trainingFactsView(root),
    beatsView(find(root, '#beats'), actions),
    oneWeightView(find(root, '#one-weight'), actions),
    lossChartView(find(root, '#loss'), actions),
    statusView(find(root, '[data-part=status]'), actions),
    comparisonView(find(root, '#comparison'), actions),
  ];
}
