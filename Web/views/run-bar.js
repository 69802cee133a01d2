// The run bar: train, one step, pace, the timeline, step and loss.

import { formatCount, formatLoss } from '../core/numbers.js';
import { PACES } from '../core/story.js';
import { AGES, lastStep, positionOf, stepAt } from '../core/timeline.js';
import { words } from '../core/words.js';
import { element, find, setText } from './elements.js';

/** @typedef {import('../core/state.js').State} State */

/** Positions of the range input between 0 and the last step: fine enough for every step near the start. */
const NOTCHES = 10000;

/**
 * @param {HTMLElement} root
 * @param {{ toggle(): void, one(): void, pace(pace: import('../core/story.js').Pace): void, visit(step: number): void }} actions
 * @returns {(state: State, calm: State) => void}
 */
export function runBarView(root, actions) {
  const toggle = find(root, '[data-part=toggle]');
  const one = find(root, '[data-part=one]');
  const pace = /** @type {HTMLSelectElement} */ (find(root, '[data-part=pace]'));
  const scrubber = /** @type {HTMLInputElement} */ (find(root, '[data-part=scrubber]'));
  const ticks = find(root, '[data-part=ticks]');
  const step = find(root, '[data-part=step]');
  const loss = find(root, '[data-part=loss]');

  for (const value of PACES) pace.append(element('option', { value: String(value) }, [words.pace(value)]));
  toggle.addEventListener('click', () => actions.toggle());
  one.addEventListener('click', () => actions.one());
  pace.addEventListener('change', () => {
    const chosen = PACES.find((value) => String(value) === pace.value);
    if (chosen !== undefined) actions.pace(chosen);
  });
  let last = lastStep(0);
  let furthest = 0;
  let shown = 0;
  scrubber.max = String(NOTCHES);
  scrubber.addEventListener('input', () => {
    actions.visit(Math.min(furthest, stepAt(Number(scrubber.value) / NOTCHES, last)));
  });
  // Arrow keys go step by step, where notches would be too fine or too coarse.
  scrubber.addEventListener('keydown', (event) => {
    const changes = /** @type {Record<string, number>} */ ({
      ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -100, PageUp: 100,
    });
    const change = changes[event.key];
    if (change === undefined) return;
    event.preventDefault();
    actions.visit(Math.min(furthest, Math.max(0, shown + change)));
  });

  let drawnLast = -1;
  return (state, calm) => {
    setText(toggle, state.isTraining ? words.pause : words.train);
    root.classList.toggle('started', state.wasStarted);
    if (document.activeElement !== pace) pace.value = String(state.pace);
    last = lastStep(state.furthest);
    furthest = state.furthest;
    shown = state.visiting ?? state.step;
    scrubber.value = String(Math.round(positionOf(shown, last) * NOTCHES));
    scrubber.style.setProperty('--reached', `${positionOf(state.furthest, last) * 100}%`);
    scrubber.setAttribute('aria-valuetext', words.stepAndLoss(calm.step, calm.means[calm.step - 1] ?? NaN));
    setText(step, state.wasStarted ? `step ${formatCount(calm.step)}` : words.notStarted(state.end));
    setText(loss, calm.step > 0 ? `loss ${formatLoss(calm.means[calm.step - 1] ?? NaN)}` : '');
    if (drawnLast !== last) {
      drawnLast = last;
      ticks.replaceChildren(...AGES.map((age) => {
        const tick = element('span', {});
        tick.style.left = `${positionOf(age, last) * 100}%`;
        return tick;
      }));
    }
  };
}
