// Wires state, engine and views: messages change the state, a changed state is looked at through the inspector, and every
// view draws it once a frame.

import { formatAddress, parseAddress } from './core/address.js';
import { defaults, update } from './core/state.js';
import { targetStep } from './core/story.js';
import { words } from './core/words.js';
import { createInspector } from './engine/inspector.js';
import { agesView, NAMES_A_ROW } from './views/ages.js';
import { attentionView } from './views/attention.js';
import { find } from './views/elements.js';
import { lossChartView } from './views/loss-chart.js';
import { nextLetterView } from './views/next-letter.js';
import { runBarView } from './views/run-bar.js';
import { footerView, noticeView, statusView } from './views/status.js';

/** @typedef {import('./core/state.js').State} State */
/** @typedef {import('./core/state.js').Message} Message */
/** @typedef {import('./engine/messages.js').ToTrainer} ToTrainer */
/** @typedef {import('./engine/messages.js').FromTrainer} FromTrainer */

/** The dice of "Same dice, seven ages". */
const AGES_SEED = 42;
const AGES_TEMPERATURE = 0.8;
/** Milliseconds between two changes of the same text while it runs: four a second can be read. */
const TEXT_PERIOD = 250;
/** Milliseconds between two rolls of the dice while it runs. */
const ROLL_PERIOD = 500;

/**
 * @param {object} world what only boot.js knows
 * @param {WebAssembly.Module} world.module
 * @param {Uint8Array} world.names
 * @param {() => Worker} world.makeWorker
 */
export function startPage({ module, names, makeWorker }) {
  const address = parseAddress(window.location.hash);
  /** @type {State} */
  let state = defaults({ settings: address.settings, ...address.state, notice: address.problems.join(' ') });
  /** The step that the address asks for, until it is reached. @type {number | null} */
  let wanted = address.step > 0 ? address.step : null;
  const inspector = createInspector(module);
  const root = document.documentElement;

  // The trainer, and what to do when it dies.
  let worker = startWorker();
  function startWorker() {
    const made = makeWorker();
    made.addEventListener('message', (event) => receive(event.data));
    made.addEventListener('error', () => {
      made.terminate();
      worker = startWorker();
      dispatch({ kind: 'newRun', settings: state.settings });
      startRun();
      dispatch({ kind: 'notice', notice: words.trainerDied });
    });
    made.postMessage({ module, run: state.run });
    return made;
  }
  /** @param {ToTrainer} message */
  function tell(message) {
    worker.postMessage(message);
  }
  async function startRun() {
    try {
      await inspector.start(names, state.settings);
    } catch (error) {
      dispatch({ kind: 'notice', notice: words.engineRefused(error instanceof Error ? error.message : String(error)) });
      return;
    }
    tell({ kind: 'start', run: state.run, names, settings: state.settings });
  }

  /** @param {FromTrainer} message */
  async function receive(message) {
    if (message.run !== state.run) return;
    if (message.kind === 'age') {
      await inTurn(async () => {
        await inspector.show(message.weights, message.step);
        const rolled = await inspector.names(NAMES_A_ROW, AGES_SEED, AGES_TEMPERATURE);
        dispatch({ kind: 'age', run: message.run, step: message.step, names: rolled });
      });
      return;
    }
    dispatch({ kind: 'trainer', message });
    if (message.kind === 'ready') checkText(state.text);
    if (message.kind === 'state') {
      await inTurn(see);
      if (wanted !== null && state.furthest >= wanted) wanted = null;
      else if (wanted !== null) tell({ kind: 'trainTo', run: state.run, step: wanted });
    }
  }

  /** Questions that belong together are asked without others in between: each shows the weights it asks about. */
  let lastQuestion = Promise.resolve();
  /** @param {() => Promise<void>} ask @returns {Promise<void>} */
  function inTurn(ask) {
    lastQuestion = lastQuestion.then(ask);
    return lastQuestion;
  }

  let rolledAt = -Infinity;
  /** Asks the inspector what the views need of the step on show. */
  async function see() {
    const { run, weights, step, losses, readings } = state;
    if (weights === null) return;
    await inspector.show(weights, step);
    const look = state.textProblem === '' ? await inspector.look(state.text) : state.look;
    let { now, status } = state;
    if (!state.isTraining || performance.now() - rolledAt >= ROLL_PERIOD) {
      rolledAt = performance.now();
      now = await inspector.names(NAMES_A_ROW, AGES_SEED, AGES_TEMPERATURE);
      const until = readings.filter((reading) => reading.step <= step);
      status = await inspector.status(until, state.brokenStep);
    }
    const known = losses.length / 2;
    let means = state.means;
    if (means.length < known) {
      const fresh = await inspector.rollingMeans(losses, means.length + 1, known);
      means = new Float64Array(known);
      means.set(state.means);
      means.set(fresh, state.means.length);
    }
    if (state.run === run) dispatch({ kind: 'seen', look, now, status, means });
  }

  // State, and a draw a frame.
  let isDirty = true;
  /** @param {Message} message */
  function dispatch(message) {
    state = update(state, message);
    isDirty = true;
  }

  /** @param {string} text */
  function checkText(text) {
    const { shape } = state;
    const letters = Array.from(text);
    let problem = '';
    if (shape !== null) {
      const place = letters.findIndex((letter) => !shape.letters.includes(letter));
      if (place >= 0) problem = words.unknownLetter(letters[place] ?? '', place + 1);
      else if (letters.length > shape.blockSize - 1) problem = words.tooLong(shape.blockSize - 1);
    }
    dispatch({ kind: 'text', text, problem });
    if (problem === '' && shape !== null) inTurn(see);
  }

  /** When this stretch of running began, and at which step. @type {{ from: number, since: number } | null} */
  let stretch = null;
  const actions = {
    toggle() {
      wanted = null;
      dispatch({ kind: state.isTraining ? 'pause' : 'train' });
      stretch = null;
      if (!state.isTraining) {
        tell({ kind: 'trainTo', run: state.run, step: 0 });
        inTurn(see);
      }
    },
    one() {
      dispatch({ kind: 'pause' });
      stretch = null;
      tell({ kind: 'trainTo', run: state.run, step: (state.visiting ?? state.step) + 1 });
    },
    /** @param {import('./core/story.js').Pace} pace */
    pace(pace) {
      dispatch({ kind: 'pace', pace });
      stretch = null;
    },
    /** @param {number} step */
    visit(step) {
      wanted = null;
      dispatch({ kind: 'visit', step });
      stretch = null;
      tell({ kind: 'visit', run: state.run, step });
    },
    text: checkText,
    /** @param {number} layer */
    layer: (layer) => dispatch({ kind: 'layer', layer }),
    /** @param {number} head */
    head: (head) => dispatch({ kind: 'head', head }),
  };

  const every = [
    runBarView(find(document, '#run-bar'), actions),
    agesView(find(document, '#ages tbody')),
    statusView(find(document, '#status')),
    noticeView(find(document, '#notice')),
    lossChartView(find(document, '#loss'), actions),
    nextLetterView(find(document, '#next-letter'), actions),
    attentionView(find(document, '#attention'), actions),
    footerView(find(document, '#fingerprint')),
  ];
  find(document, '#train-it').addEventListener('click', () => {
    if (!state.isTraining) actions.toggle();
  });
  const theme = /** @type {HTMLSelectElement} */ (find(document, '#theme'));
  theme.addEventListener('change', () => {
    dispatch({ kind: 'theme', theme: /** @type {import('./core/state.js').Theme} */ (theme.value) });
  });
  new ResizeObserver(() => (isDirty = true)).observe(root);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => (isDirty = true));

  /** The state as texts show it. */
  let calm = state;
  let calmSince = -Infinity;
  let shownAddress = '';
  /** @param {number} time milliseconds */
  function frame(time) {
    if (state.isTraining) {
      stretch ??= { from: state.step, since: time };
      const step = Math.min(state.end, targetStep(state.pace, stretch.from, (time - stretch.since) / 1000));
      if (step > state.step) tell({ kind: 'trainTo', run: state.run, step });
    }
    if (isDirty) {
      if (!state.isTraining || time - calmSince >= TEXT_PERIOD) {
        calm = state;
        calmSince = time;
      }
      isDirty = calm !== state;
      if (state.theme === 'auto') root.removeAttribute('data-theme');
      else root.setAttribute('data-theme', state.theme);
      if (document.activeElement !== theme) theme.value = state.theme;
      root.classList.toggle('started', state.wasStarted);
      for (const draw of every) draw(state, calm);
      if (!state.isTraining && wanted === null) writeAddress();
      tell({ kind: 'received', run: state.run });
    }
    requestAnimationFrame(frame);
  }
  function writeAddress() {
    const fragment = formatAddress(state);
    if (fragment === shownAddress || state.shape === null) return;
    shownAddress = fragment;
    window.history.replaceState(null, '', fragment === '' ? window.location.pathname + window.location.search : `#${fragment}`);
  }
  window.addEventListener('hashchange', () => window.location.reload());

  startRun();
  requestAnimationFrame(frame);
}
