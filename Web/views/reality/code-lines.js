// How much code this is: the build counts and the server tells, in the page's head.

import { formatCount } from '../../core/numbers.js';
import { realityWords } from '../../words/reality.js';
import { element, part, setText } from '../elements.js';
import { figureFoot } from '../figure.js';

/** Lines by what was counted; empty where nobody counted. @param {Document} document @returns {ReadonlyMap<string, number>} */
function countedLines(document) {
  const content = document.querySelector('meta[name="code-lines"]')?.getAttribute('content') ?? '';
  return new Map(Array.from(content.matchAll(/(\w+)=(\d+)/g), ([, name = '', lines]) => [name, Number(lines)]));
}

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function codeLinesView(root, actions) {
  const lines = countedLines(document);
  const rows = realityWords.codeRows.flatMap((row) => {
    const count = lines.get(row.key);
    return count === undefined ? [] : [{ ...row, count }];
  });
  const largest = rows.reduce((most, { count }) => Math.max(most, count), 1);
  part(root, 'bars').append(...rows.map(({ name, what, count, isDetail }) => {
    const made = element('li', isDetail ? { 'data-depth': 'advanced' } : {}, [
      element('span', { class: 'rung-name' }, [name]), element('span', { class: 'rung-what' }, [what]),
      element('span', { class: 'rung-track', 'aria-hidden': 'true' }, [element('span', { class: 'rung-bar' })]),
      element('span', { class: 'rung-loss' }, [formatCount(count)]),
    ]);
    made.style.setProperty('--share', String(count / largest));
    return made;
  }));
  setText(part(root, 'missing'), rows.length === 0 ? realityWords.notCounted : '');
  const foot = figureFoot(root, {
    actions,
    table: () => ({ columns: realityWords.codeColumns, rows: rows.map(({ name, count }) => [name, formatCount(count)]) }),
  });
  return { root, draw: (_, calm) => foot(calm) };
}
