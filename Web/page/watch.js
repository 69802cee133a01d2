// Which views are in sight: only they ask and draw.

/** @typedef {import('./view.js').View} View */

/**
 * @param {readonly View[]} views @param {() => void} changed
 * @returns {(view: View) => boolean} whether a view is in sight or near it
 */
export function watchViews(views, changed) {
  /** @type {Set<Element>} */
  const seen = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) seen.add(entry.target);
      else seen.delete(entry.target);
    }
    changed();
  }, { rootMargin: '160px' });
  for (const { root } of views) if (root !== null) observer.observe(root);
  return ({ root }) => root === null || seen.has(root);
}
