// Eight seeds, trained and measured alike: what each came to, and what holds in all of them.

import { bestOf, findingsOf, LEAN_COLUMNS, leaning, rangeOf } from '../../core/seed-findings.js';
import { frameWords } from '../../words/frame.js';
import { headsWords } from '../../words/heads.js';
import { button, changes, element, fillTo, find, part, setText } from '../elements.js';
import { figureFoot } from '../figure.js';

/** @typedef {import('../../page/seed-runs.js').SeedRun} SeedRun */

/** Steps that show leans, and that a browser trains in seconds. */
const SHORT_RUN = 1000;

/**
 * @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions
 * @param {import('../../page/seed-runs.js').SeedRuns} seedRuns @returns {import('../../page/view.js').View}
 */
export function eightSeedsView(root, actions, seedRuns) {
  const readout = part(root, 'readout');
  const progress = /** @type {HTMLProgressElement} */ (find(root, 'progress'));
  const body = find(root, 'tbody');
  const held = part(root, 'holds');
  const some = part(root, 'varies');
  const begin = (/** @type {number} */ steps) => seedRuns.start(actions.state().settings, steps);
  const short = button(headsWords.trainEight(SHORT_RUN), () => begin(SHORT_RUN));
  /** The step that the second button names. */
  let named = 0;
  const present = button('', () => begin(named), { hidden: '' });
  const pause = button('', () => seedRuns.togglePause(), { hidden: '' });
  const cancel = button(headsWords.cancel, () => seedRuns.cancel(), { hidden: '' });
  part(root, 'buttons').append(short, present, pause, cancel);
  find(root, 'thead').append(element('tr', {}, headsWords.seedColumns.map((text) => element('th', { scope: 'col' }, [text]))));

  /** @param {SeedRun} run @returns {string[]} */
  function cellsOf({ seed, result, isBroken }) {
    const nHead = seedRuns.read().settings?.heads ?? 1;
    if (result === null) return [String(seed), isBroken ? headsWords.broken : '', ...headsWords.seedColumns.slice(2).map(() => '')];
    const best = bestOf(result);
    return [
      String(seed), headsWords.best(frameWords.headName(Math.floor(best / nHead), best % nHead), result.worths.heads[best] ?? NaN),
      headsWords.worth(result.worths.all), result.loss.toFixed(3),
      ...[...LEAN_COLUMNS, null].map((lean) => String(leaning(result, lean))),
    ];
  }
  const drawFoot = figureFoot(root, { actions, table: () => ({ columns: headsWords.seedColumns, rows: seedRuns.read().runs.map(cellsOf) }) });

  /** @param {readonly SeedRun[]} runs */
  function drawFindings(runs) {
    const results = runs.flatMap(({ result }) => (result === null ? [] : [result]));
    const isDone = results.length > 0 && results.length === runs.length;
    part(root, 'findings').hidden = !isDone;
    if (!isDone) return;
    const found = findingsOf(results, seedRuns.read().settings?.heads ?? 1);
    /** @type {[string, number][]} */
    const all = [
      [headsWords.together, found.together], [headsWords.firstLayer, found.firstLayer], [headsWords.bestFirst, found.bestFirst], [headsWords.pairs, found.pairs],
      ...LEAN_COLUMNS.map((lean, index) => /** @type {[string, number]} */ ([headsWords.someLean(lean), found.leans[index] ?? 0])),
      [headsWords.someNone, found.none],
    ];
    const item = (/** @type {string} */ text) => element('li', {}, [text]);
    held.replaceChildren(...all.filter(([, count]) => count === results.length).map(([what]) => item(what)));
    some.replaceChildren(...all.filter(([, count]) => count < results.length).map(([what, count]) => item(headsWords.inSome(what, count))));
    setText(part(root, 'ranges'), headsWords.ranges(
      rangeOf(results.map((one) => one.worths.heads[bestOf(one)] ?? NaN)), rangeOf(results.map(({ worths }) => worths.all)), rangeOf(results.map(({ loss }) => loss))));
  }
  const isOther = changes();
  return {
    root,
    draw(state, calm) {
      drawFoot(calm);
      const { runs, goal, at, isPaused, hasFailed } = seedRuns.read();
      const done = runs.filter(({ result, isBroken }) => isBroken || result !== null).length;
      const isUnderWay = runs.length > 0 && done < runs.length;
      short.hidden = isUnderWay;
      present.hidden = isUnderWay || state.step === SHORT_RUN || state.step === 0 || state.isTraining;
      named = state.step;
      setText(present, headsWords.trainEight(named));
      pause.hidden = !isUnderWay || at >= runs.length;
      cancel.hidden = !isUnderWay;
      setText(pause, isPaused ? headsWords.resume : headsWords.pause);
      progress.max = Math.max(1, goal * runs.length);
      progress.value = runs.reduce((sum, { step }) => sum + step, 0);
      const run = runs[Math.min(at, runs.length - 1)];
      setText(readout, hasFailed ? headsWords.seedsFailed : run === undefined ? headsWords.seedsIdle
        : !isUnderWay ? headsWords.seedsDone(goal) : isPaused ? headsWords.paused(done) : headsWords.training(run.seed, run.step, done));
      find(root, '.wide').hidden = runs.length === 0;
      if (!isOther(runs, done)) return;
      fillTo(body, runs.length, () => element('tr', {}, headsWords.seedColumns.map((_, index) => (index === 0 ? element('th', { scope: 'row' }) : element('td')))));
      runs.forEach((one, row) => cellsOf(one).forEach((text, column) => {
        const cell = body.children[row]?.children[column];
        if (cell !== undefined) setText(cell, text);
      }));
      drawFindings(runs);
    },
  };
}
