// One look worked out: score, share, and how much each letter's value adds.

import { formatShare } from '../../core/numbers.js';
import { answerTo, question } from '../../core/questions.js';
import { fedText } from '../../core/state.js';
import { frameWords } from '../../words/frame.js';
import { nextWords } from '../../words/next-letter.js';
import { element, fillTo, find, part, setText } from '../elements.js';
import { figureFoot } from '../figure.js';

/** @typedef {import('../../core/state.js').State} State */

/**
 * @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions
 * @param {import('./asking-letter.js').AskingLetter} asking @returns {import('../../page/view.js').View}
 */
export function workedOutView(root, actions, asking) {
  const title = part(root, 'look');
  const table = find(root, 'table');
  const body = find(root, 'tbody');
  const readout = part(root, 'readout');
  /** @param {State} state */
  const asked = (state) => question('workedOut', [fedText(state), state.layer ?? 0, state.head, asking.of(state)]);
  /** @param {State} state */
  function rowsOf(state) {
    const answer = state.layer === null ? undefined : answerTo(state, asked(state));
    if (answer === undefined) return null;
    const labels = asking.labels(state);
    const query = asking.of(state);
    return answer.map(({ score, share, added }, key) => ({ score, share, added, label: key === query && query > 0 ? `${labels[key]} (${nextWords.itself})` : labels[key] ?? '' }));
  }
  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({
      columns: nextWords.workedColumns,
      rows: (rowsOf(state) ?? []).map(({ label, score, share, added }) => [label, nextWords.score(score), formatShare(share), nextWords.length(added)]),
    }),
  });
  return {
    root,
    asks: (state) => (state.layer === null ? [] : [asked(state)]),
    draw(state, calm) {
      drawFoot(calm);
      table.hidden = state.layer === null;
      setText(title, state.layer === null
        ? nextWords.pickLayer : nextWords.workedTitle(frameWords.headName(state.layer, state.head), asking.labels(state)[asking.of(state)] ?? ''));
      const rows = rowsOf({ ...state, answers: calm.answers }) ?? rowsOf(state);
      if (rows === null) {
        if (state.layer === null) setText(readout, '');
        return;
      }
      fillTo(body, rows.length, () => element('tr', {}, [
        element('th', { scope: 'row' }), element('td', { class: 'number' }),
        element('td', {}, [element('span', { class: 'share' }), element('span', { class: 'bar-line' })]), element('td', { class: 'number' }),
      ]));
      rows.forEach(({ label, score, share, added }, index) => {
        const line = /** @type {HTMLElement} */ (body.children[index]);
        setText(find(line, 'th'), label);
        setText(/** @type {HTMLElement} */ (line.children[1]), nextWords.score(score));
        setText(find(line, '.share'), formatShare(share));
        find(line, '.bar-line').style.setProperty('--share', String(share));
        setText(/** @type {HTMLElement} */ (line.children[3]), nextWords.length(added));
      });
      const [most] = [...rows].sort((a, b) => b.share - a.share);
      const [strongest] = [...rows].sort((a, b) => b.added - a.added);
      if (most !== undefined && strongest !== undefined) {
        setText(readout, nextWords.influence(most.label, most.share, most.added, strongest.label, strongest.share, strongest.added));
      }
    },
  };
}
