// What is needed less often: jump, back to step 0, another seed, share, depth, theme, palette, and how it runs.

import { FURTHEST } from '../../core/address.js';
import { formatCount } from '../../core/numbers.js';
import { ALL_HEADS } from '../../core/switches.js';
import { AGES } from '../../core/timeline.js';
import { frameWords } from '../../words/frame.js';
import { button, element } from '../elements.js';
import { depthSelect } from './depth-select.js';
import { panelFrame } from './panel.js';

/** Steps to jump to beyond the run's own end: overfitting shows there. */
const FAR_STEPS = [20000, 50000];

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function moreView(root, actions) {
  /** @param {() => void} act */
  const andClose = (act) => () => {
    actions.panel(null);
    act();
  };
  const jumps = [...AGES.filter((age) => age > 0), ...FAR_STEPS].map((step) =>
    button(formatCount(step), andClose(() => actions.jump(step)), { 'aria-label': frameWords.jumpTo(step) }));
  const typed = element('input', { type: 'number', min: '0', max: String(FURTHEST), step: '1', inputmode: 'numeric', 'aria-label': frameWords.anyStep });
  const form = element('form', { class: 'field' }, [typed, element('button', { type: 'submit' }, [frameWords.jump])]);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const step = typed.valueAsNumber;
    if (Number.isInteger(step) && step >= 0 && step <= FURTHEST) andClose(() => actions.jump(step))();
    else actions.notify(frameWords.badStep(FURTHEST));
  });
  const reset = button(frameWords.reset, andClose(() => actions.visit(0)));
  const seed = button(frameWords.anotherSeed, andClose(() => actions.newSeed()));
  const back = button(frameWords.previousRun, andClose(() => actions.back()));
  const share = button(frameWords.share, () => actions.panel('share'));
  const keys = button(frameWords.keysTitle, () => actions.panel('keys'));
  const depth = element('select');
  const drawDepth = depthSelect(depth, actions);

  /**
   * @template {'theme' | 'palette'} K
   * @param {K} key @param {Readonly<Record<string, string>>} labels
   */
  const select = (key, labels) => {
    const made = element('select', {}, Object.entries(labels).map(([value, label]) => element('option', { value }, [label])));
    made.addEventListener('change', () => actions.choose({ [key]: made.value }));
    return made;
  };
  const theme = select('theme', frameWords.themes);
  const palette = select('palette', frameWords.palettes);
  /** @param {'marksSigns' | 'keepsRunning'} key */
  const check = (key) => {
    const made = element('input', { type: 'checkbox' });
    made.addEventListener('change', () => actions.choose({ [key]: made.checked }));
    return made;
  };
  const signs = check('marksSigns');
  const running = check('keepsRunning');
  const heads = element('input', { type: 'checkbox' });
  heads.addEventListener('change', () => {
    actions.choose({ off: heads.checked ? ALL_HEADS : '' });
    if (heads.checked) actions.goTo('#no-heads', false);
  });
  const show = panelFrame(root, 'more', frameWords.more, actions, [
    element('h3', {}, [frameWords.jumpTitle]), element('div', { class: 'row' }, jumps), form,
    element('div', { class: 'row' }, [reset, seed, back, share]),
    element('label', { class: 'setting' }, [frameWords.depth, depth]),
    element('label', { class: 'setting' }, [frameWords.theme, theme]),
    element('label', { class: 'setting' }, [frameWords.palette, palette]),
    element('label', { class: 'check' }, [signs, frameWords.marksSigns]),
    element('label', { class: 'check' }, [heads, frameWords.withoutHeads]),
    element('label', { class: 'check' }, [running, frameWords.keepsRunning]),
    element('div', { class: 'row' }, [keys]),
  ]);
  return {
    root: null,
    draw(state) {
      if (!show(state)) return;
      drawDepth(state);
      theme.value = state.theme;
      palette.value = state.palette;
      signs.checked = state.marksSigns;
      heads.checked = state.off === ALL_HEADS;
      running.checked = state.keepsRunning;
      back.hidden = state.previous === null;
    },
  };
}
