// What a run would be, told before it is trained: from the engine's plan, and from steps that were timed on this device.

import { forecastSeconds } from '../../core/forecast.js';
import { RUN_LENGTH } from '../../core/timeline.js';
import { workbenchWords } from '../../words/workbench.js';
import { element, setText } from '../elements.js';

/** @typedef {import('../../core/forecast.js').Speed} Speed */
/** @typedef {import('../../core/names.js').RunNames} RunNames */
/** @typedef {import('../../core/settings.js').Settings} Settings */
/** @typedef {import('../../engine/messages.js').Plan} Plan */

/**
 * @param {HTMLElement} list a `dl` @param {string} asker @param {import('./views.js').Bench} bench @param {() => void} redraw
 * @returns {(run: { names: RunNames, settings: Settings, plan: Plan } | null, isTraining: boolean) => void} draws it; null: there is no such run
 */
export function readFirst(list, asker, bench, redraw) {
  const values = workbenchWords.readFirst.map((label) => {
    const value = element('dd');
    list.append(element('div', {}, [element('dt', {}, [label]), value]));
    return value;
  });
  /** The run that is told of. @type {Plan | null} */
  let told = null;
  /** Undefined: not timed yet; null: it can't be. @type {Speed | null | undefined} */
  let speed;
  let isAsked = false;
  return (run, isTraining) => {
    const plan = run?.plan ?? null;
    if (plan !== told) {
      told = plan;
      speed = undefined;
      isAsked = false;
      bench.stop(asker);
    }
    // Two trainings at once would time neither.
    if (isTraining && isAsked && speed === undefined) {
      bench.stop(asker);
      isAsked = false;
    }
    if (run !== null && !isAsked && !isTraining) {
      isAsked = true;
      bench.measure(asker, run.names, run.settings, (measured) => {
        speed = measured;
        redraw();
      });
    }
    const time = speed ? forecastSeconds(speed, RUN_LENGTH) : null;
    const texts = run === null ? values.map(() => '·') : [
      workbenchWords.planNames(run.plan), workbenchWords.planLetters(run.plan), workbenchWords.planCut(run.plan, run.settings.context - 1),
      workbenchWords.planWeights(run.plan),
      time !== null ? workbenchWords.about(time) : workbenchWords.notTimed(speed === null, isTraining),
    ];
    values.forEach((value, index) => setText(value, texts[index] ?? ''));
  };
}
