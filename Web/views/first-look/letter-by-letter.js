// A name built letter by letter: what the model has read, what comes next, how likely it found that.

import { formatShare } from '../../core/numbers.js';
import { answerTo, question } from '../../core/questions.js';
import { textProblem, typedText } from '../../core/texts.js';
import { firstLookWords } from '../../words/first-look.js';
import { frameWords } from '../../words/frame.js';
import { button, changes, element, fillTo, find, part, setText } from '../elements.js';
import { figureFoot } from '../figure.js';

/** @typedef {import('../../core/state.js').State} State */

/** A name of the list, and one that is not in it. */
const SUGGESTED = ['mei', 'rex'];

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function letterByLetterView(root, actions) {
  const body = find(root, 'tbody');
  const problem = part(root, 'problem');
  const other = /** @type {HTMLInputElement} */ (part(root, 'other'));
  let name = SUGGESTED[0] ?? '';
  /** @param {string} text */
  const spell = (text) => {
    name = text;
    actions.redraw();
  };
  let suggested = SUGGESTED;
  const choices = SUGGESTED.map((_, index) => button(SUGGESTED[index] ?? '', () => {
    other.value = '';
    setText(problem, '');
    spell(suggested[index] ?? '');
  }));
  part(root, 'choices').append(...choices);
  other.addEventListener('input', () => {
    const { shape } = actions.state();
    if (shape === null) return;
    const text = typedText(other.value, shape.letters);
    const wrong = textProblem(text, shape.letters, shape.blockSize - 1);
    setText(problem, wrong);
    other.setAttribute('aria-invalid', String(wrong !== ''));
    if (wrong === '') spell(text === '' ? suggested[0] ?? '' : text);
    else actions.say(wrong);
  });

  const isOther = changes();
  /** Names of the list take the place of those that the model can't read. @param {NonNullable<State['shape']>} shape @param {readonly string[]} list */
  function suggest(shape, list) {
    const most = shape.blockSize - 1;
    const isReadable = (/** @type {string} */ text) => textProblem(text, shape.letters, most) === '';
    suggested = SUGGESTED.every(isReadable) && list.includes(SUGGESTED[0] ?? '')
      ? SUGGESTED : [...new Set(list.map((text) => Array.from(text).slice(0, most).join('')))].slice(0, SUGGESTED.length);
    if (!isReadable(name) || other.value === '') {
      other.value = '';
      spell(suggested[0] ?? '');
    }
  }

  /** What each row shows. @param {State} state */
  function rowsOf(state) {
    const look = answerTo(state, question('look', [name]));
    const { shape } = state;
    if (look === undefined || shape === null) return null;
    const letters = Array.from(name);
    const label = (/** @type {number} */ token) => shape.letters[token] ?? frameWords.end;
    // The last place of a name that fills the context predicts nothing more that could be shown here.
    return Array.from({ length: look.positions }, (_, t) => {
      const shares = look.probabilities.subarray(t * shape.vocabSize, (t + 1) * shape.vocabSize);
      const letter = letters[t];
      const token = letter === undefined ? shape.vocabSize - 1 : shape.letters.indexOf(letter);
      const favourite = shares.indexOf(Math.max(...shares));
      return {
        read: letters.slice(0, t).join(''), next: label(token), share: shares[token] ?? 0,
        favourite: label(favourite), favouriteShare: shares[favourite] ?? 0,
      };
    });
  }

  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({
      columns: firstLookWords.spellColumns,
      rows: (rowsOf(state) ?? []).map((row) => [
        `${frameWords.start} ${row.read}`, row.next, formatShare(row.share), `${row.favourite} ${formatShare(row.favouriteShare)}`,
      ]),
    }),
  });
  return {
    root,
    asks: () => [question('look', [name])],
    draw(state, calm) {
      if (isOther(state.list) && state.shape !== null) suggest(state.shape, state.list);
      choices.forEach((choice, index) => {
        choice.hidden = suggested[index] === undefined;
        setText(choice, suggested[index] ?? '');
        choice.setAttribute('aria-pressed', String(suggested[index] === name));
      });
      const rows = rowsOf(calm) ?? rowsOf(state);
      if (rows === null) return;
      fillTo(body, rows.length, () => element('tr', {}, [
        element('th', { scope: 'row' }, [element('span', { class: 'token' }, [frameWords.start]), element('span', { class: 'letters' })]),
        element('td', { class: 'next' }), element('td', {}, [element('span', { class: 'bar' }), element('span', { class: 'share' })]),
        element('td', { class: 'favourite' }),
      ]));
      rows.forEach((row, index) => {
        const line = /** @type {HTMLElement} */ (body.children[index]);
        setText(find(line, '.letters'), row.read);
        setText(find(line, '.next'), row.next);
        find(line, '.next').classList.toggle('token', row.next === frameWords.end);
        setText(find(line, '.share'), formatShare(row.share));
        find(line, '.bar').style.setProperty('--share', String(row.share));
        setText(find(line, '.favourite'), `${row.favourite} ${formatShare(row.favouriteShare)}`);
      });
      drawFoot(calm);
    },
  };
}
