// Share: the link to exactly this state, and a picture of it, drawn on the device.

import { AGES } from '../../core/timeline.js';
import { linkTo } from '../../page/address-bar.js';
import { firstLookWords } from '../../words/first-look.js';
import { frameWords } from '../../words/frame.js';
import { ageQuestion } from '../first-look/ages.js';
import { noHeadsQuestions } from '../first-look/no-heads.js';
import { ownQuestion } from '../first-look/own-name.js';
import { button, changes, element, setText } from '../elements.js';
import { savePicture } from '../figure.js';
import { panelFrame } from './panel.js';
import { CARD_HEIGHT, CARD_WIDTH, drawCard } from './share-card.js';

/** @typedef {import('./share-card.js').Card} Card */

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function shareView(root, actions) {
  const link = element('input', { type: 'text', readonly: '', 'aria-label': firstLookWords.link });
  const canvas = element('canvas', { width: String(CARD_WIDTH), height: String(CARD_HEIGHT), role: 'img' });
  const note = element('p', { class: 'problem' });
  /** @type {Card} */
  let card = 'ages';
  const choices = /** @type {[Card, string][]} */ (Object.entries(firstLookWords.cardsToShare)).map(([kind, label]) => ({
    kind,
    choice: button(label, () => {
      card = kind;
      actions.redraw();
    }),
  }));
  const copy = button(firstLookWords.copyLink, async () => {
    try {
      await navigator.clipboard.writeText(link.value);
      actions.say(firstLookWords.linkCopied);
      setText(note, firstLookWords.linkCopied);
    } catch {
      link.select();
      setText(note, frameWords.cannotCopyLink);
    }
  });
  const save = button(firstLookWords.saveCard, () => savePicture(canvas, `gptosaurus-${card}.png`));
  const send = button(firstLookWords.sendCard, () => {
    canvas.toBlob((blob) => {
      if (blob === null) return;
      const files = [new File([blob], `gptosaurus-${card}.png`, { type: 'image/png' })];
      navigator.share({ files, url: link.value }).catch(() => {});
    });
  });
  send.hidden = typeof navigator.share !== 'function' || !navigator.canShare?.({ files: [new File([], 'a.png', { type: 'image/png' })] });
  const show = panelFrame(root, 'share', firstLookWords.shareTitle, actions, [
    element('div', { class: 'field' }, [link, copy]),
    element('div', { class: 'row', role: 'group', 'aria-label': firstLookWords.cardPicker }, choices.map(({ choice }) => choice)),
    canvas, note, element('div', { class: 'row' }, [save, send]),
  ]);
  const isOther = changes();
  return {
    root: null,
    asks(state) {
      if (state.panel !== 'share') return [];
      if (card === 'own') return state.own === '' ? [] : [ownQuestion(state, 0)];
      if (card === 'ages') return [null, ...AGES].map((at) => ageQuestion(state, at));
      const { names, counted } = noHeadsQuestions(state);
      return [...names, ...counted];
    },
    draw(state) {
      if (!show(state)) {
        setText(note, '');
        return;
      }
      link.value = linkTo(state);
      for (const { kind, choice } of choices) choice.setAttribute('aria-pressed', String(kind === card));
      if (!isOther(card, state.answers, state.fixedAnswers, state.own, state.theme)) return;
      const problem = drawCard(canvas, card, state);
      save.hidden = problem !== '';
      setText(note, problem);
      canvas.setAttribute('aria-label', firstLookWords.cardsToShare[card]);
    },
  };
}
