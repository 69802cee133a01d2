// Upright bars as a list: one tab stop, a cursor that pointer and arrow keys move, one bar outlined.

import { changes, element, fillTo, setText } from '../elements.js';

/**
 * @typedef {object} UprightBars
 * @property {readonly number[]} counts
 * @property {readonly string[]} labels
 * @property {number} lit the bar that is outlined; −1: none
 */

/** Bars beyond which only every fifth is labelled. */
const MOST_LABELS = 30;

/**
 * @param {HTMLElement} list
 * @param {object} options
 * @param {string} options.label says what the bars are
 * @param {(index: number) => string} options.spoken what a bar says to those who don't see it
 * @param {() => void} options.moved the cursor moved, or left
 * @returns {{ draw(bars: UprightBars): void, cursor(): number }} the cursor is −1 where there is none
 */
export function uprightBars(list, { label, spoken, moved }) {
  let cursor = -1;
  let count = 0;
  list.classList.add('uprights');
  list.setAttribute('role', 'list');
  list.setAttribute('tabindex', '0');
  list.setAttribute('aria-label', label);

  /** @param {number} index */
  function moveTo(index) {
    if (index === cursor) return;
    cursor = index;
    moved();
  }
  const point = (/** @type {PointerEvent} */ event) => {
    const box = list.getBoundingClientRect();
    const index = Math.floor(((event.clientX - box.left) / box.width) * count);
    moveTo(Math.min(count - 1, Math.max(0, index)));
  };
  list.addEventListener('pointermove', point);
  list.addEventListener('pointerdown', point);
  list.addEventListener('pointerleave', () => moveTo(-1));
  list.addEventListener('blur', () => moveTo(-1));
  list.addEventListener('keydown', (event) => {
    const from = cursor < 0 ? Math.max(0, lit()) : cursor;
    const goal = /** @type {Record<string, number>} */ ({ ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: count - 1 })[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    moveTo(Math.min(count - 1, Math.max(0, goal)));
  });
  const lit = () => Array.from(list.children).findIndex((item) => item.hasAttribute('data-lit'));

  const areNew = changes();
  return {
    draw({ counts, labels, lit: outlined }) {
      if (!areNew(counts, outlined, cursor)) return;
      count = counts.length;
      const most = counts.reduce((largest, one) => Math.max(largest, one), 1);
      fillTo(list, count, () => element('li', {}, [
        element('span', { class: 'upright', 'aria-hidden': 'true' }, [element('span', { class: 'upright-bar' })]),
        element('span', { class: 'upright-label', 'aria-hidden': 'true' }),
        element('span', { class: 'unseen' }),
      ]));
      Array.from(list.children).forEach((item, index) => {
        const bar = /** @type {HTMLElement} */ (item.querySelector('.upright-bar'));
        bar.style.setProperty('--share', String((counts[index] ?? 0) / most));
        bar.dataset['count'] = String(counts[index] ?? 0);
        item.toggleAttribute('data-lit', index === outlined);
        item.toggleAttribute('data-cursor', index === cursor);
        const isLabelled = count <= MOST_LABELS || Number(labels[index]) % 5 === 0;
        setText(/** @type {Element} */ (item.children[1]), isLabelled ? labels[index] ?? '' : '');
        setText(/** @type {Element} */ (item.children[2]), spoken(index));
      });
    },
    cursor: () => (cursor < count ? cursor : -1),
  };
}
