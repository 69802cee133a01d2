// Every field of sizes and recipe, its weights counted while it is typed.

import { isAboutNames } from '../../core/names.js';
import { LARGE, SETTING_RANGES } from '../../core/address.js';
import { DEFAULT_SETTINGS } from '../../core/settings.js';
import { workbenchWords } from '../../words/workbench.js';
import { changes, element, part, setAttribute, setText } from '../elements.js';
import { readFirst } from './read-first.js';

/** @typedef {import('../../core/settings.js').Settings} Settings */

const KEYS = /** @type {(keyof Settings)[]} */ (Object.keys(DEFAULT_SETTINGS));

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @param {import('./views.js').Bench} bench @returns {import('../../page/view.js').View} */
export function fieldsView(root, actions, bench) {
  const drawPlan = readFirst(part(root, 'plan'), 'fields', bench, actions.redraw);
  const problemLine = part(root, 'problem');
  const train = part(root, 'train');
  const inputs = new Map(KEYS.map((key) => {
    const { label, range } = workbenchWords.fields[key];
    const hint = element('small', { id: `range-${key}` }, [range]);
    const name = element('span', { id: `field-${key}` }, [label]);
    const input = element('input', {
      type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', 'aria-labelledby': name.id, 'aria-describedby': hint.id,
    });
    input.addEventListener('input', read);
    part(root, 'fields').append(element('label', { class: 'bench-field' }, [name, input, hint]));
    return [key, input];
  }));

  let names = /** @type {import('../../core/names.js').RunNames | null} */ (null);
  /** @type {{ names: import('../../core/names.js').RunNames, settings: Settings, plan: import('../../engine/messages.js').Plan } | null} */
  let ready = null;
  let problem = '';

  function read() {
    if (names === null) return;
    ready = null;
    problem = '';
    const settings = { ...DEFAULT_SETTINGS };
    for (const [key, input] of inputs) {
      const [least, most, isWhole] = SETTING_RANGES[key];
      const text = input.value.trim().replace('−', '-');
      const value = text === '' ? NaN : Number(text);
      const isGood = value >= least && value <= most && (!isWhole || Number.isInteger(value));
      setAttribute(input, 'aria-invalid', String(!isGood));
      if (isGood) settings[key] = value;
      else if (problem === '') problem = workbenchWords.badField(key, text);
    }
    if (problem === '') {
      const plan = bench.plan(names, settings);
      problem = plan.problem === 0 || isAboutNames(plan) ? '' : workbenchWords.planProblem(plan);
      if (problem === '') ready = { names, settings, plan };
    }
    actions.redraw();
  }
  /** @param {Settings} settings */
  function fill(settings) {
    for (const [key, input] of inputs) input.value = String(settings[key]);
    read();
  }
  train.addEventListener('click', () => {
    if (ready === null) return actions.say(problem);
    actions.newRun(ready.settings);
    actions.train();
  });
  part(root, 'reset').addEventListener('click', () => fill(DEFAULT_SETTINGS));

  const isOther = changes();
  return {
    root,
    draw(state) {
      if (isOther(state.names, state.settings)) {
        names = state.names;
        fill(state.settings);
      }
      setText(problemLine, problem);
      drawPlan(ready, state.isTraining);
      setText(train, ready !== null && ready.plan.parameters > LARGE ? workbenchWords.trainLarge : workbenchWords.trainFields);
    },
  };
}
