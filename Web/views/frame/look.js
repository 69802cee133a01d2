// Theme, palette and depth, on the root element. A change of depth keeps the heading under the reader where it is.

import { repaint } from '../paint.js';
import { changes } from '../elements.js';

/** @typedef {import('../../page/view.js').View} View */

/** @param {Document} document @param {import('../../page/actions.js').Actions} actions @returns {View} */
export function lookView(document, actions) {
  const root = document.documentElement;
  const isNew = changes();

  /** Headings that are on the page at this depth. */
  const headings = () => Array.from(document.querySelectorAll('main h1, main h2, main h3')).filter((heading) => heading.getClientRects().length > 0);
  /** The last heading above the middle of the screen, and those before it. */
  const above = () => headings().filter((heading) => heading.getBoundingClientRect().top < window.innerHeight / 2).reverse();

  return {
    root: null,
    draw({ theme, palette, depth, wasStarted, names }) {
      if (!isNew(theme, palette, depth, wasStarted, names.kind)) return;
      // What the page says of dinosaurs does not hold for other names.
      root.toggleAttribute('data-own-names', names.kind === 'own');
      root.classList.toggle('started', wasStarted);
      if (theme === 'auto') root.removeAttribute('data-theme');
      else root.setAttribute('data-theme', theme);
      root.setAttribute('data-palette', palette);
      if (root.dataset['depth'] !== depth) {
        const places = root.dataset['depth'] === undefined ? [] : above().map((heading) => ({ heading, top: heading.getBoundingClientRect().top }));
        root.dataset['depth'] = depth;
        const kept = places.find(({ heading }) => heading.getClientRects().length > 0);
        if (kept !== undefined) window.scrollBy({ top: kept.heading.getBoundingClientRect().top - kept.top, behavior: 'instant' });
      }
      repaint();
      actions.redraw();
    },
  };
}
