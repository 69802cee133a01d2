// Experiments: each a button, and a sentence that says what to watch.

import { ALL_NAMES, FIRST_NAMES } from '../../core/names.js';
import { DEFAULT_SETTINGS } from '../../core/settings.js';
import { workbenchWords } from '../../words/workbench.js';
import { changes, part, setText } from '../elements.js';

/** By how much the learning rate is too large. */
const TOO_FAST = 10;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function experimentsView(root, actions) {
  let seed = DEFAULT_SETTINGS.seed;
  // One thing differs from the lab's own run; the seed stays the reader's.
  part(root, 'few').addEventListener('click', () => {
    actions.newRun({ ...DEFAULT_SETTINGS, seed }, FIRST_NAMES);
    actions.train();
  });
  part(root, 'fast').addEventListener('click', () => {
    actions.newRun({ ...DEFAULT_SETTINGS, seed, lr: TOO_FAST * DEFAULT_SETTINGS.lr }, ALL_NAMES);
    actions.train();
  });
  part(root, 'seed').addEventListener('click', () => {
    actions.newSeed();
    actions.train();
  });
  part(root, 'own').addEventListener('click', () => actions.goTo('#own-list', true));
  const back = part(root, 'back');
  back.addEventListener('click', () => actions.back());
  const now = part(root, 'now');
  const isNew = changes();
  return {
    root,
    draw({ settings, names, list, previous }) {
      seed = settings.seed;
      if (!isNew(settings, names, list, previous === null)) return;
      setText(now, workbenchWords.runOnShow(names.kind, list.length, settings));
      back.hidden = previous === null;
    },
  };
}
