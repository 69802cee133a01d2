// Keys: k trains or pauses, . takes one step, [ and ] change the name, 1 2 3 the depth, ? opens the list of keys.

/** @typedef {import('./actions.js').Actions} Actions */

/** @param {Document} document @param {() => import('../core/state.js').State} read @param {Actions} actions */
export function listenForKeys(document, read, actions) {
  /** @type {Readonly<Record<string, () => void>>} */
  const keys = {
    k: () => actions.toggle(),
    '.': () => actions.one(),
    '[': () => actions.nextName(-1),
    ']': () => actions.nextName(1),
    1: () => actions.depth('minimal'),
    2: () => actions.depth('focused'),
    3: () => actions.depth('advanced'),
    '?': () => actions.showKeys(),
  };
  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isTyping = target.matches('input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]');
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !read().hasShortcuts) return;
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}
