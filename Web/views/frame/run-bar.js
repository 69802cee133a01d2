// The run bar: train, one step, pace, the timeline, step and loss, and at its right end what opens more.

import { PACES } from '../../core/story.js';
import { AGES, lastStep, positionOf, stepAt } from '../../core/timeline.js';
import { frameWords } from '../../words/frame.js';
import { changes, element, part, setAttribute, setText, setValue } from '../elements.js';
import { depthSelect } from './depth-select.js';

/** @typedef {import('../../page/view.js').View} View */

/** Positions of the range input between 0 and the last step: fine enough for every step near the start. */
const NOTCHES = 10000;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {View} */
export function runBarView(root, actions) {
  const toggle = part(root, 'toggle');
  const pace = /** @type {HTMLSelectElement} */ (part(root, 'pace'));
  const scrubber = /** @type {HTMLInputElement} */ (part(root, 'scrubber'));
  const [ticks, notStarted, step, loss, more] = ['ticks', 'not-started', 'step', 'loss', 'more'].map((name) => part(root, name));
  const drawDepth = depthSelect(/** @type {HTMLSelectElement} */ (part(root, 'depth')), actions);
  if (!ticks || !notStarted || !step || !loss || !more) throw new Error('The run bar lacks a part.');

  for (const value of PACES) pace.append(element('option', { value: String(value) }, [frameWords.pace(value)]));
  toggle.addEventListener('click', () => actions.toggle());
  document.querySelector('#train-it')?.addEventListener('click', () => actions.train());
  part(root, 'one').addEventListener('click', () => actions.one());
  more.addEventListener('click', () => actions.togglePanel('more'));
  part(root, 'share').addEventListener('click', () => actions.togglePanel('share'));
  pace.addEventListener('change', () => {
    const chosen = PACES.find((value) => String(value) === pace.value);
    if (chosen !== undefined) actions.pace(chosen);
  });
  let last = lastStep(0);
  let furthest = 0;
  let shown = 0;
  scrubber.max = String(NOTCHES);
  /** @param {number} at */
  const notchOf = (at) => String(Math.round(positionOf(at, last) * NOTCHES));
  scrubber.addEventListener('input', () => {
    const goal = Math.min(furthest, stepAt(Number(scrubber.value) / NOTCHES, last));
    // The thumb stands on steps, and none beyond the furthest.
    scrubber.value = notchOf(goal);
    actions.visit(goal);
  });
  // Arrow keys go step by step, where notches would be too fine or too coarse.
  scrubber.addEventListener('keydown', (event) => {
    const change = /** @type {Record<string, number>} */ ({
      ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -100, PageUp: 100, Home: -Infinity, End: Infinity,
    })[event.key];
    if (change === undefined) return;
    event.preventDefault();
    actions.visit(Math.min(furthest, Math.max(0, shown + change)));
  });

  const isMoved = changes();
  const isOther = changes();
  return {
    root: null,
    draw(state, calm) {
      setText(toggle, state.isTraining ? frameWords.pause : frameWords.train);
      setText(notStarted, frameWords.notStarted(state.end));
      setValue(pace, String(state.pace));
      drawDepth(state);
      setAttribute(more, 'aria-expanded', String(state.panel === 'more'));
      last = lastStep(state.furthest);
      furthest = state.furthest;
      shown = state.visiting ?? state.step;
      if (isMoved(shown, last, furthest)) {
        scrubber.value = notchOf(shown);
        scrubber.style.setProperty('--reached', `${(positionOf(furthest, last) * 100).toFixed(1)}%`);
      }
      const mean = calm.means[calm.step - 1] ?? NaN;
      setAttribute(scrubber, 'aria-valuetext', frameWords.stepAndLoss(calm.step, mean));
      setText(step, frameWords.step(calm.step));
      setText(loss, calm.step > 0 ? frameWords.loss(mean) : '');
      if (isOther(last)) {
        ticks.replaceChildren(...AGES.map((age) => {
          const tick = element('span', { 'data-step': String(age) });
          tick.style.left = `${positionOf(age, last) * 100}%`;
          return tick;
        }));
      }
    },
  };
}
