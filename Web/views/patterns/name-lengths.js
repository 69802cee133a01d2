// How many letters the names have; the length of the name on show is outlined.

import { patternsWords } from '../../words/patterns.js';
import { changes, part, setText } from '../elements.js';
import { figureFoot } from '../figure.js';
import { uprightBars } from './upright-bars.js';

/** @typedef {import('../../core/state.js').State} State */

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function nameLengthsView(root, actions) {
  /** Names of 1 letter, 2 letters and so on. @type {number[]} */
  let counts = [];
  let all = 0;
  const bars = uprightBars(part(root, 'bars'), {
    label: patternsWords.lengthsPlot,
    spoken: (index) => patternsWords.length(index + 1, counts[index] ?? 0, all),
    moved: actions.redraw,
  });
  const foot = figureFoot(root, {
    actions, table: () => ({ columns: ['Letters', 'Names'], rows: counts.map((count, index) => [index + 1, count]) }),
  });
  const areNewFacts = changes();
  const isNew = changes();
  return {
    root,
    draw(state, calm) {
      const { shape, facts, name, list } = state;
      foot(calm);
      if (shape === null || facts === null) return;
      if (areNewFacts(facts)) {
        const most = Math.max(facts.lengths.length - 1, shape.blockSize - 1);
        counts = Array.from({ length: most }, (_, index) => facts.lengths[index + 1] ?? 0);
        all = list.length;
      }
      const lit = Array.from(name).length - 1;
      bars.draw({ counts, labels: counts.map((_, index) => String(index + 1)), lit });
      if (!isNew(facts, name, bars.cursor())) return;
      const shown = bars.cursor() < 0 ? lit : bars.cursor();
      setText(part(root, 'readout'), patternsWords.length(shown + 1, counts[shown] ?? 0, all));
      setText(part(root, 'sentence'), patternsWords.ofName(name, patternsWords.length(lit + 1, counts[lit] ?? 0, all)));
    },
  };
}
