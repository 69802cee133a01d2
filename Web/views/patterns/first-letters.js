// How many names start with each letter; the first letter of the name on show is outlined.

import { patternsWords } from '../../words/patterns.js';
import { changes, part, setText } from '../elements.js';
import { figureFoot } from '../figure.js';
import { uprightBars } from './upright-bars.js';

/** @typedef {import('../../core/state.js').State} State */

/** Letters that the sentence names. */
const NAMED = 3;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function firstLettersView(root, actions) {
  /** @type {State | null} */
  let latest = null;
  const all = () => latest?.list.length ?? 0;
  const letterOf = (/** @type {number} */ token) => latest?.shape?.letters[token] ?? '';
  const countOf = (/** @type {number} */ token) => latest?.facts?.firstLetters[token] ?? 0;
  const bars = uprightBars(part(root, 'bars'), {
    label: patternsWords.firstLettersPlot,
    spoken: (token) => patternsWords.firstLetter(letterOf(token), countOf(token), all()),
    moved: actions.redraw,
  });
  const foot = figureFoot(root, {
    actions,
    table: ({ shape, facts }) => (shape === null || facts === null ? null : {
      columns: ['First letter', 'Names'], rows: shape.letters.map((letter, token) => [letter, facts.firstLetters[token] ?? 0]),
    }),
  });
  const isNew = changes();
  return {
    root,
    draw(state, calm) {
      const { shape, facts, name } = state;
      foot(calm);
      if (shape === null || facts === null) return;
      latest = state;
      const lit = shape.letters.indexOf(Array.from(name)[0] ?? '');
      bars.draw({ counts: facts.firstLetters, labels: shape.letters, lit });
      if (!isNew(facts, name, bars.cursor())) return;
      const shown = bars.cursor() < 0 ? lit : bars.cursor();
      setText(part(root, 'readout'), patternsWords.firstLetter(letterOf(shown), countOf(shown), all()));
      const most = facts.firstLetters.map((count, token) => ({ letter: letterOf(token), count }))
        .sort((a, b) => b.count - a.count).slice(0, NAMED);
      setText(part(root, 'sentence'), `${patternsWords.commonFirstLetters(most)} ${patternsWords.ofName(name, patternsWords.firstLetter(letterOf(lit), countOf(lit), all()))}`);
    },
  };
}
