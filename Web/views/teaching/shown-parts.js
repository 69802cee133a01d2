// Parts that a link leaves out, and the line that says so.

import { teachingWords } from '../../words/teaching.js';
import { changes, find, part, setText } from '../elements.js';

/** @param {HTMLElement} root the line @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function shownPartsView(root, actions) {
  const sections = Array.from(document.querySelectorAll('main > section'));
  const all = part(root, 'all');
  setText(all, teachingWords.showAll);
  all.addEventListener('click', () => {
    actions.choose({ show: '' });
    const heading = find(document, 'h1');
    heading.tabIndex = -1;
    heading.focus();
  });
  const isNew = changes();
  return {
    root: null,
    draw({ show }) {
      if (!isNew(show)) return;
      const shown = show === '' ? [] : show.split(',');
      root.hidden = show === '';
      setText(part(root, 'said'), show === '' ? '' : teachingWords.leftOut(shown));
      for (const section of sections) {
        // The first section is part 0: it has no number of its own. A section between the parts goes with none.
        const number = section.getAttribute('data-part-number') ?? (section === sections[0] ? '0' : '');
        section.toggleAttribute('data-left-out', show !== '' && !shown.includes(number));
      }
    },
  };
}
