// A card with a question that is answered before the numbers of this run are shown.

import { teachingWords } from '../../words/teaching.js';
import { button, element, setAttribute, setText } from '../elements.js';

/** @typedef {import('../../core/state.js').State} State */

/**
 * @typedef {object} PredictCard
 * @property {string} question
 * @property {readonly string[]} answers
 * @property {(state: State) => readonly import('../../core/questions.js').AnyQuestion[]} asks what the revealed numbers need
 * @property {(state: State) => string} reveal the numbers of this run, as sentences
 * @property {((state: State) => { label: string, press: () => void } | null) | undefined} [offer] what would tell more
 */

/**
 * @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @param {PredictCard} card
 * @returns {import('../../page/view.js').View}
 */
export function predictView(root, actions, card) {
  /** The answer chosen, and whether the numbers are shown. */
  let chosen = -1;
  let isRevealed = false;
  /** Whether what is revealed is still to be read out. */
  let isNews = false;
  const question = element('p', { class: 'question', id: `${root.id}-question` }, [card.question]);
  const answers = card.answers.map((answer, index) => button(answer, () => {
    chosen = index;
    actions.redraw();
  }, { 'aria-pressed': 'false' }));
  const reveal = button(teachingWords.reveal, () => {
    if (chosen < 0) return actions.say(teachingWords.answerFirst);
    isRevealed = !isRevealed;
    isNews = isRevealed;
    actions.redraw();
  }, { 'aria-expanded': 'false' });
  const revealed = element('p', { class: 'revealed', hidden: '' });
  const more = button('', () => latest?.press(), { hidden: '' });
  /** @type {{ label: string, press: () => void } | null} */
  let latest = null;
  root.setAttribute('aria-labelledby', question.id);
  root.append(
    element('p', { class: 'eyebrow' }, [teachingWords.predictFirst]), question,
    element('div', { class: 'row' }, [element('div', { class: 'row', role: 'group', 'aria-label': teachingWords.answers }, answers), reveal]),
    revealed, more);
  return {
    root,
    asks: (state) => (isRevealed ? card.asks(state) : []),
    draw(_, calm) {
      answers.forEach((answer, index) => setAttribute(answer, 'aria-pressed', String(index === chosen)));
      reveal.setAttribute('aria-disabled', String(chosen < 0));
      setAttribute(reveal, 'aria-expanded', String(isRevealed));
      setText(reveal, isRevealed ? teachingWords.hide : teachingWords.reveal);
      revealed.hidden = !isRevealed;
      latest = isRevealed ? card.offer?.(calm) ?? null : null;
      more.hidden = latest === null;
      if (latest !== null) setText(more, latest.label);
      if (!isRevealed || calm.shape === null) return;
      const text = card.reveal(calm);
      setText(revealed, text);
      if (isNews && text !== teachingWords.waits) {
        actions.say(text);
        isNews = false;
      }
    },
  };
}
