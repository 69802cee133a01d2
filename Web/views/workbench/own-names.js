// The reader's own names: pasted, dropped or typed. They stay on the device.

import { ALL_NAMES, isAboutNames, MOST_BYTES, MOST_NAMES, namesInAddress, ownNames } from '../../core/names.js';
import { DEFAULT_SETTINGS } from '../../core/settings.js';
import { workbenchWords } from '../../words/workbench.js';
import { changes, find, part, setAttribute, setText } from '../elements.js';
import { readFirst } from './read-first.js';

/** @typedef {import('../../core/names.js').RunNames} RunNames */
/** @typedef {import('../../engine/messages.js').Plan} Plan */

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @param {import('./views.js').Bench} bench @returns {import('../../page/view.js').View} */
export function ownNamesView(root, actions, bench) {
  const area = /** @type {HTMLTextAreaElement} */ (find(root, '#own-list'));
  const file = /** @type {HTMLInputElement} */ (part(root, 'file'));
  const link = /** @type {HTMLInputElement} */ (part(root, 'link'));
  const [train, back, problemLine, linkNote] = ['train', 'dinosaurs', 'problem', 'link-note'].map((name) => /** @type {HTMLButtonElement} */ (part(root, name)));
  if (!train || !back || !problemLine || !linkNote) throw new Error('The own names lack a part.');
  const drawPlan = readFirst(part(root, 'plan'), 'own names', bench, actions.redraw);

  /** What was read, with the seed and the sizes that it would be trained with. @type {{ names: RunNames, settings: import('../../core/settings.js').Settings, plan: Plan } | null} */
  let ready = null;
  let problem = '';
  let seed = DEFAULT_SETTINGS.seed;
  /** The run's names that stand in the area. @type {RunNames} */
  let shown = ALL_NAMES;

  /** @param {string} text */
  function read(text) {
    ready = null;
    const names = ownNames(text);
    // Names are trained with the lab's own sizes and recipe: one thing differs.
    const settings = { ...DEFAULT_SETTINGS, seed };
    if (text.length > MOST_BYTES) problem = workbenchWords.tooBig(MOST_BYTES);
    else if (text === '') problem = '';
    else {
      const plan = bench.plan(names, settings);
      if (isAboutNames(plan)) problem = workbenchWords.namesProblem(plan);
      else if (plan.names > MOST_NAMES) problem = workbenchWords.tooManyNames(plan.names, MOST_NAMES);
      else {
        problem = '';
        ready = { names, settings, plan };
      }
    }
    actions.redraw();
  }
  /** @param {string} text of a file, or dropped */
  function take(text) {
    if (text.length > MOST_BYTES) refuse(workbenchWords.tooBig(MOST_BYTES));
    else {
      area.value = text;
      read(text);
      if (problem === '' && text === '') refuse(workbenchWords.noNames);
      if (problem !== '') actions.say(problem);
    }
  }
  /** @param {string} sentence */
  function refuse(sentence) {
    problem = sentence;
    ready = null;
    actions.say(sentence);
    actions.redraw();
  }
  /** @param {File} chosen */
  async function open(chosen) {
    if (chosen.size > MOST_BYTES) return refuse(workbenchWords.tooBig(MOST_BYTES));
    try {
      take(new TextDecoder('utf-8', { fatal: true }).decode(await chosen.arrayBuffer()));
    } catch {
      refuse(workbenchWords.notText);
    }
  }

  area.addEventListener('input', () => read(area.value));
  area.addEventListener('change', () => {
    if (problem !== '') actions.say(problem);
  });
  area.addEventListener('paste', (event) => {
    if ((event.clipboardData?.getData('text/plain').length ?? 0) <= MOST_BYTES) return;
    event.preventDefault();
    refuse(workbenchWords.tooBig(MOST_BYTES));
  });
  area.addEventListener('dragover', (event) => event.preventDefault());
  area.addEventListener('drop', (event) => {
    event.preventDefault();
    const dropped = event.dataTransfer?.files[0];
    if (dropped !== undefined) void open(dropped);
    else take(event.dataTransfer?.getData('text/plain') ?? '');
  });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen !== undefined) void open(chosen);
    file.value = '';
  });
  link.addEventListener('change', () => actions.choose({ linksNames: link.checked }));
  train.addEventListener('click', () => {
    if (ready === null) return refuse(problem === '' ? workbenchWords.noNames : problem);
    shown = ready.names;
    actions.newRun(ready.settings, ready.names);
    actions.train();
  });
  back.addEventListener('click', () => actions.newRun({ ...DEFAULT_SETTINGS, seed }, ALL_NAMES));

  const isOther = changes();
  return {
    root,
    draw({ names, settings, linksNames, isTraining }) {
      if (isOther(names, settings.seed)) {
        seed = settings.seed;
        if (names.kind === 'own' && names !== shown) area.value = names.text;
        if (names.kind === 'own') shown = names;
        read(area.value);
      }
      setText(problemLine, problem);
      setAttribute(area, 'aria-invalid', String(problem !== ''));
      drawPlan(ready, isTraining);
      back.hidden = names.kind === 'all';
      link.checked = linksNames;
      const isLong = linksNames && names.kind === 'own' && namesInAddress(names) === null;
      setText(linkNote, isLong ? workbenchWords.tooLongForLink : workbenchWords.linkNote(names.kind === 'own', linksNames));
    },
  };
}
