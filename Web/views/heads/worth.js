// What each head, each layer's heads and all heads are worth, beside the sum of what single heads are.

import { answerTo, question } from '../../core/questions.js';
import { frameWords } from '../../words/frame.js';
import { headsWords } from '../../words/heads.js';
import { changes, element, find, part, setText } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {{ label: string, worth: number, kind: 'head' | 'layer' | 'all' | 'singly' }} WorthRow */

const WORTHS = question('worths', []);

/** @param {State} state @returns {WorthRow[]} */
function worthRows(state) {
  const worths = answerTo(state, WORTHS);
  const { nLayer, nHead } = state.shape ?? { nLayer: 0, nHead: 0 };
  const at = (/** @type {number | undefined} */ worth) => worth ?? NaN;
  return [
    ...Array.from({ length: nLayer }, (_, layer) => [
      ...Array.from({ length: nHead }, (__, head) => /** @type {WorthRow} */ ({
        label: headsWords.head(frameWords.headName(layer, head)), worth: at(worths?.heads[layer * nHead + head]), kind: 'head',
      })),
      /** @type {WorthRow} */ ({ label: headsWords.layer(layer), worth: at(worths?.layers[layer]), kind: 'layer' }),
    ]).flat(),
    { label: headsWords.all(nLayer * nHead), worth: at(worths?.all), kind: 'all' },
    { label: headsWords.singly, worth: at(worths?.singly), kind: 'singly' },
  ];
}

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function worthView(root, actions) {
  const list = find(root, 'tbody');
  const readout = part(root, 'readout');
  /** The step that the rows are about. */
  let measuredAt = 0;
  const drawFoot = figureFoot(root, {
    actions,
    table: (state) => ({ columns: headsWords.worthColumns, rows: worthRows(state).map(({ label, worth }) => [label, Number.isNaN(worth) ? '' : headsWords.worth(worth)]) }),
  });
  /** @param {State} state @returns {string} */
  function says(state) {
    const worths = answerTo(state, WORTHS);
    if (worths === undefined) return state.isTraining ? headsWords.pauseToMeasure : headsWords.measuring;
    if (state.isTraining) return headsWords.measuredAt(measuredAt);
    const nHead = state.shape?.nHead ?? 1;
    const best = worths.heads.indexOf(Math.max(...worths.heads));
    return headsWords.worths(measuredAt, frameWords.headName(Math.floor(best / nHead), best % nHead), worths.heads[best] ?? NaN, worths.all, worths.singly);
  }
  const isOther = changes();
  const isNew = changes();
  return {
    root,
    asks: (state) => (state.shape === null ? [] : [WORTHS]),
    draw(state, calm) {
      drawFoot(calm);
      if (state.shape === null) return;
      const worths = answerTo(state, WORTHS);
      if (isNew(worths)) measuredAt = state.step;
      if (isOther(worths, state.shape)) {
        const rows = worthRows(state);
        const most = Math.max(...rows.map(({ worth }) => (Number.isNaN(worth) ? 0 : worth)), 1e-9);
        list.replaceChildren(...rows.map(({ label, worth, kind }) => {
          const bar = element('div', { class: 'bar-line' });
          bar.style.setProperty('--share', String(Number.isNaN(worth) ? 0 : Math.max(0, worth) / most));
          return element('tr', { 'data-kind': kind }, [
            element('th', { scope: 'row' }, [label]), element('td', {}, [bar]), element('td', { class: 'number' }, [Number.isNaN(worth) ? '–' : headsWords.worth(worth)]),
          ]);
        }));
      }
      setText(readout, says(state));
      setSentence(part(root, 'sentence'), state, () => says(state));
    },
  };
}
