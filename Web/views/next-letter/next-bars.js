// The next letter: a bar for each outcome, after temperature, top-k and top-p.

import { formatShare } from '../../core/numbers.js';
import { answerTo, question } from '../../core/questions.js';
import { fedText } from '../../core/state.js';
import { frameWords } from '../../words/frame.js';
import { nextWords } from '../../words/next-letter.js';
import { button, changes, element, fillTo, find, part, setAttribute, setText } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { temperatureControl } from '../temperature.js';
import { diceControl } from './dice.js';

/** @typedef {import('../../core/state.js').State} State */

/** Outcomes that narrow screens show first. */
const FEW = 8;

/** The likeliest first. @param {{ share: number, log: number }} a @param {{ share: number, log: number }} b */
const byShare = (a, b) => b.share - a.share || b.log - a.log;

/** What the bars show. @param {State} state */
const sharesOf = (state) => question('shares', [fedText(state), state.temperature, state.topK, state.topP]);

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function nextBarsView(root, actions) {
  const title = find(root, '.figure-title');
  const list = find(root, 'ol');
  const drawTemperature = temperatureControl(part(root, 'temperature'), actions);
  const topK = /** @type {HTMLInputElement} */ (part(root, 'top-k'));
  const topP = /** @type {HTMLInputElement} */ (part(root, 'top-p'));
  topK.addEventListener('input', () => actions.choose({ topK: topK.valueAsNumber }));
  topP.addEventListener('input', () => actions.choose({ topP: topP.valueAsNumber }));
  const dice = diceControl(part(root, 'dice'), list, actions);
  let isAlphabetic = false;
  let isLong = false;
  const orders = [false, true].map((alphabetic) => button(alphabetic ? nextWords.alphabetic : nextWords.byChance, () => {
    isAlphabetic = alphabetic;
    actions.redraw();
  }));
  const all = button(nextWords.showAll, () => {
    isLong = !isLong;
    actions.redraw();
  }, { class: 'all' });
  part(root, 'order').append(...orders);
  list.after(all);

  /** Every outcome with its share, in the order that was chosen. @param {State} state */
  function outcomes(state) {
    const answer = answerTo(state, sharesOf(state));
    if (answer === undefined || state.shape === null) return null;
    const letters = state.shape.letters;
    const rows = Array.from(answer.shares, (share, token) => ({ token, share, log: answer.logs[token] ?? 0, letter: letters[token] ?? frameWords.end }));
    return isAlphabetic ? rows : rows.sort(byShare);
  }
  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({ columns: nextWords.columns, rows: (outcomes(state) ?? []).map(({ letter, share, log }) => [letter, formatShare(share), nextWords.log(log)]) }),
  });
  const isNew = changes();
  return {
    root,
    asks: (state) => [sharesOf(state), ...dice.asks(state)],
    draw(state, calm) {
      drawTemperature(state);
      orders.forEach((order, index) => setAttribute(order, 'aria-pressed', String(isAlphabetic === (index === 1))));
      setText(all, isLong ? nextWords.showFew : nextWords.showAll);
      list.classList.toggle('long', isLong);
      topK.max = String(state.shape?.vocabSize ?? 0);
      for (const [input, value] of /** @type {const} */ ([[topK, state.topK], [topP, state.topP]])) {
        if (document.activeElement !== input) input.value = String(value);
      }
      setText(part(root, 'top-k-value'), nextWords.topK(state.topK));
      setText(part(root, 'top-p-value'), nextWords.topP(state.topP));
      setText(title, nextWords.title(fedText(state)));
      dice.draw(state, calm);
      drawFoot(calm);
      const rows = outcomes({ ...state, answers: calm.answers }) ?? outcomes(state);
      if (rows === null) return;
      setSentence(part(root, 'sentence'), calm, () => `${nextWords.title(fedText(state))}: ${rows.slice(0, 5).map(({ letter, share }) => `${letter} ${formatShare(share)}`).join(', ')}.`);
      if (!isNew(answerTo(calm, sharesOf(state)) ?? answerTo(state, sharesOf(state)), isAlphabetic)) return;
      setAttribute(list, 'aria-label', isAlphabetic ? nextWords.barsAlphabetic : nextWords.barsLabel);
      // Rows are kept and refilled, so that nothing is laid out anew while training runs.
      fillTo(list, rows.length, () => element('li', {}, [
        element('b'), element('span', { class: 'bar-line' }), element('span', { class: 'share' }), element('span', { class: 'log', 'data-depth': 'advanced' }),
      ]));
      const likeliest = new Set([...rows].sort(byShare).slice(0, FEW).map(({ token }) => token));
      rows.forEach(({ token, letter, share, log }, index) => {
        const item = /** @type {HTMLElement} */ (list.children[index]);
        item.dataset['token'] = String(token);
        item.classList.toggle('later', !likeliest.has(token));
        setText(find(item, 'b'), letter);
        find(item, '.bar-line').style.setProperty('--share', String(share));
        setText(find(item, '.share'), formatShare(share));
        setText(find(item, '.log'), nextWords.log(log));
      });
    },
  };
}
