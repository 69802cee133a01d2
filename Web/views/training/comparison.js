// Two models side by side under the same dice: A untrained and B now, or any two steps of the run.

import { answerTo, question } from '../../core/questions.js';
import { frameWords } from '../../words/frame.js';
import { trainingWords } from '../../words/training.js';
import { changes, element, fillTo, find, part, printedName, setName, setText } from '../elements.js';
import { figureFoot } from '../figure.js';
import { temperatureControl } from '../temperature.js';
import { panelSelect } from './panel-select.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../engine/messages.js').GeneratedName} GeneratedName */

/** How many names a roll makes. */
const ONE = 1;
const TWENTY = 20;
const THOUSAND = 1000;
/** Names that were held back and found again are listed; of the others, this many. */
const NAMES_LISTED = 20;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function comparisonView(root, actions) {
  /** What was rolled last: so many names, from this index on. */
  let roll = { first: 0, count: ONE };
  let isAnnounced = true;
  const panels = /** @type {const} */ (['a', 'b']).map((which) => {
    const panel = part(root, `panel-${which}`);
    return { which, drawSelect: panelSelect(panel, which, actions), loss: part(panel, 'loss'), list: find(panel, 'ul'), counts: part(panel, 'counts'), isNew: changes() };
  });
  /** @param {number} count */
  const rollNames = (count) => () => {
    roll = { first: count === ONE && roll.count === ONE ? roll.first + 1 : 0, count };
    isAnnounced = false;
    actions.redraw();
  };
  part(root, 'one').addEventListener('click', rollNames(ONE));
  part(root, 'twenty').addEventListener('click', rollNames(TWENTY));
  part(root, 'thousand').addEventListener('click', rollNames(THOUSAND));
  part(root, 'dice').addEventListener('click', () => actions.choose({ dice: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 }));
  const drawTemperature = temperatureControl(part(root, 'temperature'), actions);
  const problem = part(root, 'problem');

  /** The question of a panel. @param {State} state @param {'a' | 'b'} which */
  function namesOf(state, which) {
    return roll.count === THOUSAND
      ? question('manyNames', [THOUSAND, state.dice, state.temperature, ''], state[which])
      : question('names', [roll.first, roll.count, state.dice, state.temperature, '', ''], state[which]);
  }
  /** The names that a panel lists. @param {readonly GeneratedName[]} names */
  const listed = (names) => (names.length === THOUSAND ? names.filter(({ heldOut }) => heldOut) : names).slice(0, NAMES_LISTED);
  /** Whether the nearest real name is told. @param {GeneratedName} name */
  const isCompared = (name) => name.text !== '' && name.ended && !name.known;
  /** The nearest real name: kept for a step that stays, asked anew for the step on show. @param {State} state @param {'a' | 'b'} which @param {GeneratedName} name */
  const nearestOf = (state, which, name) => question('nearest', [name.text], state[which] === null ? null : 0);

  /** @param {State} state @param {typeof panels[number]} panel @returns {readonly GeneratedName[] | undefined} */
  function drawPanel(state, { which, loss, list, counts, isNew }) {
    setText(loss, trainingWords.panelLoss(answerTo(state, question('heldOutLoss', [], state[which]))));
    const names = answerTo(state, namesOf(state, which));
    if (names === undefined) return undefined;
    const shown = listed(names);
    const nearest = shown.map((name) => (isCompared(name) ? answerTo(state, nearestOf(state, which, name)) : undefined));
    if (!isNew(names, ...nearest)) return names;
    fillTo(list, shown.length, () => element('li', {}, [element('span', { class: 'made' }), element('span', { class: 'label' })]));
    shown.forEach((name, index) => {
      const item = /** @type {HTMLElement} */ (list.children[index]);
      const { word, shape } = frameWords.label(name);
      const near = nearest[index];
      // END can come first.
      setName(find(item, '.made'), name.text === '' ? undefined : name, trainingWords.noLetters);
      const told = near === undefined ? '' : ` · ${trainingWords.nearest(printedName({ text: near.text, ended: true }))}`;
      setText(find(item, '.label'), `${shape} ${word}${told}`);
    });
    setText(counts, names.length === THOUSAND ? countsOf(names) : '');
    return names;
  }

  /** Whether a panel that follows the page still shows the thousand of a step before: while it trains none are rolled. @param {State} state */
  function isBehind(state) {
    return state.isTraining && roll.count === THOUSAND && panels.some(({ which }) => state[which] === null);
  }

  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({
      columns: ['name', 'A', 'B'],
      rows: Array.from({ length: Math.min(roll.count, TWENTY) }, (_, index) => [
        roll.first + index + 1,
        ...panels.map(({ which }) => {
          const name = answerTo(state, namesOf(state, which))?.[index];
          return name === undefined ? '' : `${printedName(name)} (${frameWords.label(name).word})`;
        }),
      ]),
    }),
  });
  return {
    root,
    asks: (state) => panels.flatMap(({ which }) => {
      const asked = namesOf(state, which);
      return [question('heldOutLoss', [], state[which]), asked, ...listed(answerTo(state, asked) ?? []).filter(isCompared).map((name) => nearestOf(state, which, name))];
    }),
    draw(state, calm) {
      for (const { drawSelect } of panels) drawSelect(state);
      drawTemperature(state);
      const made = panels.map((panel) => drawPanel(calm, panel));
      setText(problem, made.every((names) => names !== undefined) && !isBehind(state) ? '' : waiting(state));
      if (!isAnnounced && made.every((names) => names !== undefined)) {
        isAnnounced = true;
        actions.say(made.map((names, index) => trainingWords.rolled('AB'[index] ?? '', summary(names ?? []))).join(' '));
      }
      drawFoot(calm);
    },
  };

  /** Why nothing is there yet. @param {State} state */
  function waiting(state) {
    const missing = [state.a, state.b].find((step) => step !== null && step > state.furthest);
    if (missing !== undefined && missing !== null) return trainingWords.notReached(missing);
    if (roll.count !== THOUSAND) return '';
    return state.isTraining ? trainingWords.waitToCount : trainingWords.rolling;
  }
}

/** How many of each label. @param {readonly GeneratedName[]} names */
function countsOf(names) {
  /** @type {Map<string, { label: { word: string, shape: string }, count: number }>} */
  const counts = new Map(frameWords.labels.map((label) => [label.word, { label, count: 0 }]));
  for (const name of names) {
    const counted = counts.get(frameWords.label(name).word);
    if (counted !== undefined) counted.count += 1;
  }
  return Array.from(counts.values(), ({ label, count }) => trainingWords.counted(label, count)).join(' · ');
}

/** @param {readonly GeneratedName[]} names */
function summary(names) {
  return names.length === THOUSAND ? countsOf(names) : names.slice(0, 3).map((name) => `${printedName(name)}, ${frameWords.label(name).word}`).join('; ');
}
