// Pick one letter, or finish the name: the dice are rolled by the engine, at the temperature and cut-offs of the bars.

import { answerTo, question } from '../../core/questions.js';
import { fedText } from '../../core/state.js';
import { frameWords } from '../../words/frame.js';
import { nextWords } from '../../words/next-letter.js';
import { button, element, printedName, setText } from '../elements.js';

/** @typedef {import('../../core/state.js').State} State */

/** Milliseconds that the pointer runs along the bars, and that a letter takes to appear. */
const RUN_TIME = 400;
const LETTER_TIME = 120;

/**
 * @param {HTMLElement} root @param {HTMLElement} list the bars, whose items carry their token
 * @param {import('../../page/actions.js').Actions} actions
 */
export function diceControl(root, list, actions) {
  /** What was asked for, until it is done. @type {{ does: 'pick' | 'finish', text: string } | null} */
  let wish = null;
  /** How often the dice were rolled: each roll is another name of the same dice. */
  let rolls = 0;
  /** The name that was finished. @type {import('../../engine/messages.js').GeneratedName | null} */
  let made = null;
  const says = element('p', { class: 'made readout' });
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)');
  /** @param {'pick' | 'finish'} does */
  const roll = (does) => () => {
    rolls += 1;
    made = null;
    wish = { does, text: fedText(actions.state()) };
    actions.redraw();
  };
  root.append(
    button(nextWords.pick, roll('pick')), button(nextWords.finish, roll('finish')),
    button(nextWords.startOver, () => {
      made = null;
      setText(says, '');
      actions.feed('');
    }));
  root.after(says);

  /** @param {State} state @param {string} text */
  const rolled = (state, text) => question('names', [rolls, 1, state.dice, state.temperature, text, '', state.topK, state.topP]);
  /** @param {string} text */
  const nearest = (text) => question('nearest', [text], 0);

  /** Appends the letter that was picked. @param {State} state @param {import('../../engine/messages.js').GeneratedName} name @param {string} text */
  function pick(state, name, text) {
    const letter = Array.from(name.text)[Array.from(text).length];
    const token = letter === undefined ? state.shape?.letters.length ?? 0 : state.shape?.letters.indexOf(letter) ?? 0;
    runAlong(token, () => {
      if (letter !== undefined) actions.feed(text + letter);
      const sentence = letter !== undefined
        ? nextWords.picked(letter) : name.ended ? nextWords.ended(printedName({ text, ended: true })) : nextWords.full;
      setText(says, sentence);
      actions.say(sentence);
    });
  }
  /** A pointer runs along the bars and stops at a token. @param {number} token @param {() => void} then */
  function runAlong(token, then) {
    const items = /** @type {HTMLElement[]} */ (Array.from(list.children));
    const goal = items.findIndex((item) => item.dataset['token'] === String(token));
    if (isStill.matches || goal < 0) return then();
    const start = performance.now();
    const run = (/** @type {number} */ time) => {
      const share = Math.min(1, Math.max(0, (time - start) / RUN_TIME));
      const at = Math.round((1 - (1 - share) ** 3) * goal);
      items.forEach((item, index) => item.toggleAttribute('data-pointed', index === at));
      if (share < 1) requestAnimationFrame(run);
      else {
        items.forEach((item) => item.removeAttribute('data-pointed'));
        then();
      }
    };
    requestAnimationFrame(run);
  }
  /** The finished name appears letter by letter. @param {import('../../engine/messages.js').GeneratedName} name @param {string} text */
  function finish(name, text) {
    const letters = Array.from(name.text);
    const start = performance.now();
    const grow = (/** @type {number} */ time) => {
      // A frame's time can lie before the moment it was asked for.
      const grown = Math.floor(Math.max(0, time - start) / LETTER_TIME);
      const count = isStill.matches ? letters.length : Array.from(text).length + grown;
      setText(says, letters.slice(0, count).join(''));
      if (count < letters.length) requestAnimationFrame(grow);
      else {
        made = name;
        actions.redraw();
      }
    };
    requestAnimationFrame(grow);
  }

  let announced = '';
  return {
    /** @param {State} state @returns {import('../../core/questions.js').AnyQuestion[]} */
    asks: (state) => [...(wish === null ? [] : [rolled(state, wish.text)]), ...(made === null ? [] : [nearest(made.text)])],
    /** @param {State} state @param {State} calm */
    draw(state, calm) {
      if (wish !== null) {
        const { does, text } = wish;
        const name = answerTo(state, rolled(state, text))?.[0];
        if (name !== undefined) {
          wish = null;
          if (does === 'pick') pick(state, name, text);
          else finish(name, text);
        }
      }
      const near = made === null ? undefined : answerTo(calm, nearest(made.text));
      if (made === null || near === undefined) return;
      const sentence = nextWords.finished(printedName(made), frameWords.label(made), printedName({ text: near.text, ended: true }));
      setText(says, sentence);
      if (sentence !== announced) actions.say(sentence);
      announced = sentence;
    },
  };
}
