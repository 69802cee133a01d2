// Fills the lesson sheet with numbers that the engine computes while the sheet is open: none is typed in.

import { formatCount, formatLoss } from '../core/numbers.js';
import { RUN_LENGTH } from '../core/timeline.js';
import { lessonNumbers } from '../engine/lesson-numbers.js';
import { element, find, setName, setText } from '../views/elements.js';
import { lessonWords } from '../words/lesson.js';

/** @param {string} key @returns {HTMLElement} */
const numberPlace = (key) => find(document, `[data-number="${key}"]`);

/** @param {WebAssembly.Module} module @param {Uint8Array} names */
export async function fillLesson(module, names) {
  const status = find(document, '#lesson-status');
  const channel = new MessageChannel();
  /** @type {(() => void)[]} */
  const waiting = [];
  channel.port1.addEventListener('message', () => waiting.shift()?.());
  channel.port1.start();
  const numbers = await lessonNumbers(module, names, (step) => new Promise((done) => {
    if (step % 1000 === 0) setText(status, lessonWords.computing(step, RUN_LENGTH));
    waiting.push(done);
    channel.port2.postMessage(0);
  }));
  numberPlace('ages').replaceChildren(...numbers.ages.map(({ step, name, loss }) => {
    const cell = element('td');
    setName(cell, name, '');
    return element('tr', {}, [element('th', { scope: 'row' }, [formatCount(step)]), cell, element('td', {}, [formatLoss(loss)])]);
  }));
  numberPlace('rungs').replaceChildren(...numbers.rungs.map((rung) => element('li', {}, [lessonWords.rung(rung)])));
  setText(numberPlace('heldOut'), formatCount(numbers.heldOut));
  setText(numberPlace('follows'), lessonWords.follows(numbers.follows));
  setText(numberPlace('next'), lessonWords.next(numbers.next));
  setText(numberPlace('nextLoss'), lessonWords.nextLoss(numbers.next));
  setText(numberPlace('look'), lessonWords.look(numbers.look));
  setText(numberPlace('saurus'), lessonWords.saurus(numbers.saurus));
  setText(numberPlace('worth'), lessonWords.worth(numbers.worth));
  setText(status, lessonWords.computed(numbers, RUN_LENGTH));
}
