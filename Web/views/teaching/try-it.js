// Lines to try, whose words are the buttons: each says in its data what it does.

/** @typedef {import('../../page/actions.js').Actions} Actions */

/** @param {Document} document @param {Actions} actions @returns {import('../../page/view.js').View} */
export function tryItView(document, actions) {
  /** @type {Readonly<Record<string, (value: string) => void>>} */
  const deeds = {
    step: (value) => actions.jump(Number(value)),
    one: () => actions.one(),
    feed: (value) => actions.feed(value),
    temperature: (value) => actions.choose({ temperature: Number(value) }),
  };
  for (const control of document.querySelectorAll('[data-try]')) {
    const [deed = '', value = ''] = (control.getAttribute('data-try') ?? '').split(' ');
    control.addEventListener('click', () => deeds[deed]?.(value));
  }
  return { root: null, draw() {} };
}
