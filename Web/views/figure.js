// What every figure has: its foot with number, step and seed, the buttons that read it as a table, copy its data and save
// its picture, and a sentence that says what it shows.

import { frameWords } from '../words/frame.js';
import { button, element, setText } from './elements.js';

/** @typedef {import('../core/state.js').State} State */

/**
 * @typedef {object} FigureTable what a figure shows, as rows
 * @property {readonly string[]} columns headings
 * @property {readonly (readonly (string | number)[])[]} rows the first cell heads its row
 */

/**
 * @param {HTMLElement} root a `figure` with a `figcaption`
 * @param {object} contents
 * @param {import('../page/actions.js').Actions} contents.actions
 * @param {(state: State) => FigureTable | null} [contents.table]
 * @param {HTMLCanvasElement} [contents.picture]
 * @returns {(state: State) => void} draws the foot
 */
export function figureFoot(root, { actions, table, picture }) {
  const number = Array.from(document.querySelectorAll('main figure')).indexOf(root) + 1;
  const caption = root.querySelector('figcaption') ?? root.appendChild(element('figcaption'));
  const title = root.querySelector('.figure-title')?.textContent ?? '';
  const where = element('span', { class: 'where' });
  const tools = element('span', { class: 'tools' });
  const shown = element('div', { class: 'as-table', hidden: '' });
  caption.prepend(where);
  caption.append(tools);
  caption.after(shown);
  /** @type {State | null} */
  let latest = null;
  let refresh = () => {};

  if (table !== undefined) {
    const toggle = button(frameWords.readAsTable, () => {
      shown.hidden = !shown.hidden;
      toggle.setAttribute('aria-expanded', String(!shown.hidden));
      setText(toggle, shown.hidden ? frameWords.readAsTable : frameWords.closeTable);
      refresh();
    }, { 'aria-expanded': 'false' });
    refresh = () => {
      const data = latest === null || shown.hidden ? null : table(latest);
      shown.replaceChildren(...(data === null ? [] : [
        realTable(data, frameWords.tableCaption(root.querySelector('.figure-title')?.textContent ?? title, latest?.step ?? 0)),
        button(frameWords.updateTable, refresh),
      ]));
    };
    tools.append(toggle, button(frameWords.copyData, async () => {
      const data = latest === null ? null : table(latest);
      if (data === null) return;
      try {
        await navigator.clipboard.writeText([data.columns, ...data.rows].map((row) => row.join('\t')).join('\n'));
        actions.say(frameWords.copied);
      } catch {
        actions.notify(frameWords.cannotCopy);
      }
    }));
  }
  if (picture !== undefined) {
    tools.append(button(frameWords.savePicture, () => savePicture(picture, `gptosaurus-figure-${number}-step-${latest?.step ?? 0}.png`)));
  }
  return (state) => {
    const isFirst = latest === null;
    latest = state;
    // The table may have been asked for before there was anything to read: once all of the figure is drawn, there is.
    if (isFirst) queueMicrotask(refresh);
    setText(where, frameWords.figureFoot(number, state.step, state.settings.seed));
  };
}

/** A table that screen readers can walk. @param {FigureTable} data @param {string} caption */
function realTable({ columns, rows }, caption) {
  return element('table', {}, [
    element('caption', {}, [caption]),
    element('thead', {}, [element('tr', {}, columns.map((column) => element('th', { scope: 'col' }, [column])))]),
    element('tbody', {}, rows.map(([first = '', ...rest]) => element('tr', {}, [
      element('th', { scope: 'row' }, [String(first)]), ...rest.map((cell) => element('td', {}, [String(cell)])),
    ]))),
  ]);
}

/** Saves a canvas as a file. @param {HTMLCanvasElement} canvas @param {string} name */
export function savePicture(canvas, name) {
  canvas.toBlob((blob) => {
    if (blob === null) return;
    const address = URL.createObjectURL(blob);
    element('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  });
}

/** A sentence for those who don't see the figure: it stands still while training runs. @param {HTMLElement} target @param {State} state @param {() => string} sentence */
export function setSentence(target, state, sentence) {
  setText(target, state.isTraining ? frameWords.whileTraining : sentence());
}
