// The reader's own name, finished by the model of this moment.

import { answerTo, question } from '../../core/questions.js';
import { textProblem, typedText } from '../../core/texts.js';
import { firstLookWords } from '../../words/first-look.js';
import { frameWords } from '../../words/frame.js';
import { changes, find, part, printedName, setText } from '../elements.js';

/** @typedef {import('../../core/state.js').State} State */

const OWN_TEMPERATURE = 0.8;

/** The name that starts as the reader's does. @param {State} state @param {number} roll */
export const ownQuestion = ({ own, dice }, roll) => question('names', [roll, 1, dice, OWN_TEMPERATURE, own, '']);

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function ownNameView(root, actions) {
  const input = /** @type {HTMLInputElement} */ (find(root, 'input'));
  const says = part(root, 'says');
  /** Which roll of the dice is shown: the first, then one more each press. */
  let roll = 0;
  let isAsked = false;
  let problem = '';

  function finish() {
    const { own: before, shape } = actions.state();
    if (shape === null) return;
    const own = typedText(input.value, shape.letters);
    problem = own === '' ? firstLookWords.noOwnName : textProblem(own, shape.letters, shape.blockSize - 1);
    roll = isAsked && own === before ? roll + 1 : 0;
    isAsked = problem === '';
    if (problem !== '') actions.say(problem);
    actions.choose({ own: problem === '' ? own : '' });
  }
  part(root, 'finish').addEventListener('click', finish);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') finish();
  });

  const isNew = changes();
  return {
    root,
    asks(state) {
      if (state.own === '') return [];
      const asked = ownQuestion(state, roll);
      const made = answerTo(state, asked)?.[0];
      return made === undefined ? [asked] : [asked, question('nearest', [made.text], 0)];
    },
    draw(state, calm) {
      if (state.own !== '' && input.value === '' && document.activeElement !== input) input.value = state.own;
      input.setAttribute('aria-invalid', String(problem !== ''));
      const made = state.own === '' ? undefined : answerTo(calm, ownQuestion(state, roll))?.[0];
      const nearest = made === undefined ? undefined : answerTo(calm, question('nearest', [made.text], 0));
      if (!isNew(problem, made?.text, nearest?.text)) return;
      const sentence = problem !== '' || made === undefined
        ? problem : firstLookWords.ownName(printedName(made), frameWords.label(made), nearest === undefined ? '' : printedName({ text: nearest.text, ended: true }));
      setText(says, sentence);
      if (made !== undefined && !state.isTraining) actions.say(sentence);
    },
  };
}
