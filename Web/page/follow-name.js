// The name on show changes by itself while the parts about the names are on screen, until the reader touches a figure.

/** @typedef {import('./actions.js').Actions} Actions */

/** Milliseconds that a name stays. */
const STAY = 4000;
/** The parts during which names change. */
const PARTS = '#patterns, #tokens';
/** What the bar covers, or little of a part at a screen's edge, is not on screen. */
const EDGE = '-96px 0px';

/**
 * @param {Document} document @param {() => import('../core/state.js').State} read @param {Actions} actions
 * @returns {(time: number) => void} to be called each frame
 */
export function followName(document, read, actions) {
  /** @type {Set<Element>} */
  const onScreen = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) onScreen.add(entry.target);
      else onScreen.delete(entry.target);
    }
  }, { rootMargin: EDGE });
  for (const part of document.querySelectorAll(PARTS)) observer.observe(part);
  const main = document.querySelector('main');
  for (const kind of ['pointerdown', 'pointerover', 'focusin', 'input']) {
    main?.addEventListener(kind, ({ target }) => {
      if (target instanceof Element && target.closest('figure') !== null) actions.stopCycling();
    });
  }
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)');
  let since = 0;
  let name = '';
  return (time) => {
    const state = read();
    if (state.name !== name || onScreen.size === 0) {
      name = state.name;
      since = time;
    }
    if (!state.isCycling || isStill.matches || time - since < STAY) return;
    since = time;
    actions.nextName(1);
  };
}
