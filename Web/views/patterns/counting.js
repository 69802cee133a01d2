// What mere counting knows: a bar for each way of counting, and the model's at its last reading.

import { chartRange } from '../../core/chart.js';
import { readingAt } from '../../core/losses.js';
import { formatLoss } from '../../core/numbers.js';
import { patternsWords } from '../../words/patterns.js';
import { changes, element, fillTo, part, setText } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';

/** @typedef {import('../../core/state.js').State} State */

/** The rungs with their losses, the model last; null until there is a run. @param {State} state */
function countingRungs(state) {
  if (state.shape === null) return null;
  const { uniform, unigram, bigram, trigram } = state.shape.baselines;
  const reading = readingAt(state.readings, state.step);
  const losses = [uniform, unigram, bigram, trigram, reading?.loss ?? NaN];
  const rungs = patternsWords.rungs(state.shape.vocabSize).map(({ name, what }, index) => ({ name, what, loss: losses[index] ?? NaN }));
  return { counted: rungs.slice(0, -1), rungs, reading };
}

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function countingView(root, actions) {
  const list = part(root, 'rungs');
  const foot = figureFoot(root, {
    actions,
    table: (state) => {
      const known = countingRungs(state);
      return known === null ? null : {
        columns: ['What guesses', 'What it uses', 'Loss (nats)'],
        rows: known.rungs.map(({ name, what, loss }, index) =>
          [index === known.rungs.length - 1 ? patternsWords.model(known.reading?.step ?? 0) : name, what, formatLoss(loss)]),
      };
    },
  });
  const isNew = changes();
  const isNewText = changes();
  return {
    root,
    draw(state, calm) {
      foot(calm);
      const known = countingRungs(state);
      const read = countingRungs(calm);
      if (known === null || read === null || state.shape === null) return;
      const { rungs, reading } = known;
      if (isNew(state.shape, reading)) {
        fillTo(list, rungs.length, () => element('li', {}, [
          element('span', { class: 'rung-name' }), element('span', { class: 'rung-what' }),
          element('span', { class: 'rung-track', 'aria-hidden': 'true' }, [element('span', { class: 'rung-bar' })]),
          element('span', { class: 'rung-loss' }),
        ]));
        const [, high] = chartRange(0, rungs.reduce((most, { loss }) => Math.max(most, Number.isFinite(loss) ? loss : 0), 0));
        rungs.forEach(({ loss }, index) => {
          /** @type {HTMLElement} */ (list.children[index]).style.setProperty('--share', String(Number.isFinite(loss) ? loss / high : 0));
        });
        const model = reading?.loss ?? NaN;
        list.toggleAttribute('data-unmeasured', !Number.isFinite(model));
        list.style.setProperty('--model', String(Number.isFinite(model) ? model / high : 0));
      }
      if (!isNewText(calm.shape, read.reading, state.isTraining)) return;
      const { fourgram, trigram } = state.shape.baselines;
      read.rungs.forEach(({ name, what, loss }, index) => {
        const [first, second, , last] = Array.from(list.children[index]?.children ?? []);
        const isModel = index === read.rungs.length - 1;
        if (first !== undefined) setText(first, isModel ? patternsWords.model(read.reading?.step ?? 0) : name);
        if (second !== undefined) setText(second, what);
        if (last !== undefined) setText(last, formatLoss(loss));
      });
      if (read.reading !== null) setText(part(root, 'readout'), patternsWords.standing(read.reading.step, read.reading.loss, read.counted));
      setText(part(root, 'quadruples'), patternsWords.quadruples(fourgram, trigram));
      setSentence(part(root, 'sentence'), state, () => patternsWords.ladder(read.rungs));
    },
  };
}
