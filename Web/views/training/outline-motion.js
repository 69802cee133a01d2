// The outline that runs from one beat's button to the next: the only thing that moves when a beat is stepped.

import { element } from '../elements.js';

/** Milliseconds from button to button. */
const RUN = 500;

/** @param {HTMLElement} group the buttons' element @returns {(from: Element, to: Element) => void} a run that is under way ends at once */
export function outlineMotion(group) {
  const outline = element('span', { class: 'outline-motion', 'aria-hidden': 'true' });
  group.append(outline);
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {Animation | null} */
  let run = null;
  return (from, to) => {
    run?.finish();
    if (isStill.matches) return;
    const origin = group.getBoundingClientRect();
    const [start, end] = [from, to].map((target) => {
      const { left, top, width, height } = target.getBoundingClientRect();
      return { transform: `translate(${left - origin.left}px, ${top - origin.top}px)`, width: `${width}px`, height: `${height}px`, opacity: 1 };
    });
    if (start !== undefined && end !== undefined) run = outline.animate([start, end], { duration: RUN, easing: 'ease-out' });
  };
}
