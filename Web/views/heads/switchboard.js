// Heads and MLPs as switches, and the same dice with everything on and as switched.

import { endingOf } from '../../core/endings.js';
import { formatShare } from '../../core/numbers.js';
import { answerTo, question } from '../../core/questions.js';
import { ALL_HEADS, offList, partsOff } from '../../core/switches.js';
import { firstLookWords } from '../../words/first-look.js';
import { frameWords } from '../../words/frame.js';
import { headsWords } from '../../words/heads.js';
import { button, changes, element, find, part, printedName, setAttribute, setName, setText } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { COUNTED, NO_HEADS_TEMPERATURE, endingShare } from '../first-look/no-heads.js';

/** @typedef {import('../../core/state.js').State} State */

/** Names shown. */
const ROWS_SHOWN = 6;

/** With everything on, then as switched. @param {State} state */
function switchQuestions({ dice, off }) {
  return ['', off].map((parts) => ({
    names: question('names', [0, ROWS_SHOWN, dice, NO_HEADS_TEMPERATURE, '', parts]),
    counted: question('manyNames', [COUNTED, dice, NO_HEADS_TEMPERATURE, parts]),
    loss: question('lossOff', [parts]),
  }));
}

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function switchboardView(root, actions) {
  const board = part(root, 'board');
  find(root, 'thead').append(element('tr', {}, headsWords.columns.map((text) => element('th', { scope: 'col' }, [text]))));
  const rows = Array.from({ length: ROWS_SHOWN }, () => [element('td'), element('td')]);
  find(root, 'tbody').append(...rows.map((cells) => element('tr', {}, cells)));
  const readout = part(root, 'readout');
  const allOff = button(headsWords.allOff, () => actions.choose({ off: ALL_HEADS }));
  const allOn = button(headsWords.allOn, () => actions.choose({ off: '' }));
  part(root, 'all').append(allOff, allOn);
  /** By part, as the engine numbers them. @type {HTMLButtonElement[]} */
  let switches = [];

  /** @param {number} index */
  function flip(index) {
    const { off, shape: sizes } = actions.state();
    if (sizes === null) return;
    const parts = partsOff(off, sizes);
    const others = parts.filter((other) => other !== index);
    actions.choose({ off: offList(others.length < parts.length ? others : [...parts, index].sort((a, b) => a - b), sizes) });
  }
  /** @param {string} title @param {readonly { index: number, name: string, label: string }[]} parts */
  const group = (title, parts) => element('span', { role: 'group', 'aria-label': title }, [
    element('span', { class: 'quiet' }, [title]),
    ...parts.map(({ index, name, label }) => {
      const made = button('', () => flip(index), { role: 'switch', 'aria-label': name });
      made.append(element('i', { 'aria-hidden': 'true' }), label);
      switches[index] = made;
      return made;
    }),
  ]);
  /** @param {import('../../engine/messages.js').Shape} shape */
  function build({ nLayer, nHead }) {
    switches = [];
    const layers = Array.from({ length: nLayer }, (_, layer) => layer);
    board.replaceChildren(
      ...layers.map((layer) => group(headsWords.layer(layer), Array.from({ length: nHead }, (_, head) => ({
        index: layer * nHead + head, name: headsWords.head(frameWords.headName(layer, head)), label: String(head + 1),
      })))),
      group(headsWords.mlps, layers.map((layer) => ({ index: nLayer * nHead + layer, name: headsWords.mlp(layer), label: String(layer + 1) }))));
  }

  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({
      columns: headsWords.columns,
      rows: rows.map((_, row) => switchQuestions(state).map(({ names }) => {
        const name = answerTo(state, names)?.[row];
        return name === undefined ? '' : printedName(name);
      })),
    }),
  });
  /** @param {State} state @returns {string} */
  function says(state) {
    if (state.isTraining) return headsWords.pauseToCount(COUNTED);
    const ending = endingOf(state);
    const [on, off] = switchQuestions(state).map(({ counted, loss }) => {
      const names = answerTo(state, counted);
      return { share: names === undefined ? undefined : endingShare(names, ending), loss: answerTo(state, loss) };
    });
    if (on?.share === undefined || on.loss === undefined || off?.share === undefined || off.loss === undefined) return headsWords.counting(COUNTED);
    return partsOff(state.off, state.shape).length === 0
      ? headsWords.allOnNow(ending, COUNTED, on.share, on.loss)
      : firstLookWords.noHeads(ending, COUNTED, formatShare(on.share), formatShare(off.share), headsWords.loss(on.loss), headsWords.loss(off.loss));
  }

  const isOther = changes();
  return {
    root,
    asks: (state) => (state.shape === null ? [] : switchQuestions(state).flatMap(({ names, counted, loss }) => [names, counted, loss])),
    draw(state, calm) {
      drawFoot(calm);
      const { shape } = state;
      if (shape === null) return;
      if (isOther(shape)) build(shape);
      const parts = partsOff(state.off, shape);
      switches.forEach((one, index) => setAttribute(one, 'aria-checked', String(!parts.includes(index))));
      // The dice are the calm state's, the switches those of now: a switch answers at once.
      const now = { ...calm, off: state.off };
      switchQuestions(now).forEach(({ names }, column) => {
        const made = answerTo(calm, names) ?? answerTo(state, names);
        rows.forEach((cells, row) => {
          const cell = cells[column];
          if (cell !== undefined) setName(cell, made?.[row], frameWords.notReached);
        });
      });
      setText(readout, says(state));
      setSentence(part(root, 'sentence'), state, () => `${parts.length === 0 ? '' : `${headsWords.off(state.off)}. `}${says(state)}`);
    },
  };
}
