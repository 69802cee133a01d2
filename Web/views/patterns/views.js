// The views of this part.

/** @typedef {import('../../page/view.js').View} View */

/** @param {HTMLElement} root the part's section @param {import('../../page/actions.js').Actions} actions @returns {View[]} */
export function patternsViews(root, actions) {
  void root;
  void actions;
  return [];
}
