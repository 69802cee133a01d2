// Wires state, engine and views: messages change the state, the views in sight ask the inspector about it, and every view
// in sight draws it once a frame.

import { isDemanding } from './core/address.js';
import { ALL_NAMES, isAboutNames, namesBytes } from './core/names.js';
import { extended } from './core/losses.js';
import { aboutWeights } from './core/settings.js';
import { brokenAfter, defaults, isRead, versionOf } from './core/state.js';
import { targetStep } from './core/story.js';
import { isMilestone } from './core/timeline.js';
import { update } from './core/update.js';
import { createInspector } from './engine/inspector.js';
import { createActions } from './page/actions.js';
import { createAddressBar } from './page/address-bar.js';
import { createAsking } from './page/asking.js';
import { followName } from './page/follow-name.js';
import { createLive } from './page/live.js';
import { createMeasuring } from './page/measuring.js';
import { createSeedRuns } from './page/seed-runs.js';
import { listenForKeys } from './page/shortcuts.js';
import { createTrainerLink } from './page/trainer-link.js';
import { watchViews } from './page/watch.js';
import { repaint } from './views/paint.js';
import { allViews } from './views/views.js';
import { frameWords } from './words/frame.js';

/** @typedef {import('./core/state.js').State} State */
/** @typedef {import('./core/update.js').Message} Message */
/** @typedef {import('./engine/messages.js').FromWorker} FromWorker */

/** Milliseconds between two changes of the same text while it runs: four a second can be read. */
const TEXT_PERIOD = 250;
/** Answers that raise questions that raise questions. */
const MOST_ROUNDS = 3;

/**
 * @param {object} world what only boot.js knows
 * @param {WebAssembly.Module} world.module
 * @param {number} world.engineBytes
 * @param {Uint8Array} world.names
 * @param {Promise<import('./core/regions.js').Sources>} world.sources
 * @param {() => Worker} world.makeWorker
 */
export function startPage({ module, engineBytes, names, sources, makeWorker }) {
  const addressBar = createAddressBar(window, () => state);
  const { opened: address, isReload } = addressBar;
  /** @type {State} */
  let state = defaults({ ...address.choices, settings: address.settings, names: address.names });
  const root = document.documentElement;
  const live = createLive(document);

  let isDirty = true;
  const redraw = () => {
    isDirty = true;
  };
  /** @param {Message} message */
  function dispatch(message) {
    state = update(state, message);
    isDirty = true;
  }

  /** @param {import('./core/names.js').RunNames} chosen */
  const bytesOf = (chosen) => namesBytes(chosen, names);

  const channel = new MessageChannel();
  /** @type {(() => void)[]} */
  const waiting = [];
  channel.port1.addEventListener('message', () => waiting.shift()?.());
  channel.port1.start();
  /** Resolves when the page had its turn. @returns {Promise<void>} */
  const breathe = () => new Promise((done) => {
    waiting.push(done);
    channel.port2.postMessage(0);
  });
  const inspector = createInspector(module, breathe);

  const link = createTrainerLink(module, makeWorker, receive, (isHopeless) => {
    const { step } = state;
    dispatch({ kind: 'pause' });
    asking.forget();
    if (!isHopeless) link.begin(state, bytesOf(state.names));
    actions.notify(isHopeless ? frameWords.trainerHopeless : frameWords.trainerRestored(step));
  });
  const asking = createAsking(
    inspector, () => state, dispatch, (step) => link.tell({ kind: 'fetch', run: state.run, step }), () => performance.now());
  const actions = createActions({
    read: () => state, dispatch, tell: link.tell, redraw, say: live.say, beginRun, open: () => open(), goTo,
    restartClock() {
      stretch = null;
    },
  });
  const measuring = createMeasuring(module, makeWorker, () => performance.now());
  const views = allViews(document, actions, {
    engineBytes,
    sources,
    seedRuns: createSeedRuns({ module, readNames: () => bytesOf(state.names), makeWorker, breathe, changed: redraw }),
    bench: {
      plan: (chosen, settings) => inspector.plan(bytesOf(chosen), settings),
      measure: (asker, chosen, settings, told) => measuring.measure(asker, bytesOf(chosen), settings, told),
      stop: measuring.stop,
    },
  });
  const isInSight = watchViews(views, redraw);

  /** Starts the run of the state in inspector and trainer. */
  function beginRun() {
    asking.forget();
    try {
      const { run, settings } = state;
      const bytes = bytesOf(state.names);
      const opened = inspector.start(bytes, settings);
      link.begin(state, bytes);
      // The first state is shown before the trainer has it too.
      dispatch({ kind: 'opened', run, ...opened });
      fitMaps();
      actions.checkTexts();
    } catch (error) {
      actions.notify(frameWords.engineRefused(error instanceof Error ? error.message : String(error)));
    }
  }
  /** Tells the trainer that the page has its last state. */
  const acknowledge = () => link.tell({ kind: 'received', run: state.run, unread: state.unread.size });
  /** The maps of the milestones that are kept already, in order. */
  function fitMaps() {
    for (const step of [...state.kept.keys()].filter(isMilestone).sort((a, b) => a - b)) fitMap(step);
  }
  /** @param {number} step */
  function fitMap(step) {
    const weights = state.kept.get(step);
    if (weights !== undefined) inspector.fitMap({ weights, step });
  }

  /** Where a run came to its end: told of once its losses are read so far. */
  let endedAt = '';
  /** @param {FromWorker} message */
  function receive(message) {
    if (message.run !== state.run) return;
    const wasRunning = state.isTraining && state.jumpTo === null;
    // A milestone's weights may come a second time, because a view asked for them: its map is fitted once.
    const isFitted = message.kind === 'weights' && state.kept.has(message.step);
    dispatch({ kind: 'trainer', message });
    if (message.kind === 'weights' && isMilestone(message.step) && !isFitted) fitMap(message.step);
    if (message.kind === 'replaying') dispatch({ kind: 'notice', notice: { text: frameWords.replaying(message.from, message.to), offer: null, label: '', isPassing: true } });
    if (message.kind !== 'state' && message.kind !== 'reading') return;
    const { run, losses, means, readings, step } = state;
    const fresh = 2 * means.length < losses.length ? inspector.rollingMeans(losses, means.length + 1, losses.length / 2) : new Float64Array(0);
    const until = readings.filter((reading) => reading.step <= step);
    dispatch({ kind: 'told', run, status: inspector.status(until, brokenAfter(state)), means: extended(means, means.length, fresh) });
    if (wasRunning && !state.isTraining) endedAt = versionOf(state);
    if (endedAt === versionOf(state) && isRead(state)) {
      endedAt = '';
      actions.reached();
    }
    ask();
  }
  function ask() {
    // An answer may raise another question: the nearest real name of a name that was just made.
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      if (!asking.ask(views.filter(isInSight).flatMap((view) => view.asks?.(state) ?? []))) return;
    }
  }

  /** What to scroll to once it is drawn. @type {{ selector: string, isFocused: boolean } | null} */
  let destination = null;
  /** @param {string} selector @param {boolean} isFocused */
  function goTo(selector, isFocused) {
    destination = { selector, isFocused };
    isDirty = true;
  }
  function arrive() {
    const target = destination === null ? null : document.querySelector(destination.selector);
    if (target instanceof HTMLElement) {
      target.scrollIntoView({ block: 'center' });
      if (destination?.isFocused) target.focus({ preventScroll: true });
    }
    destination = null;
  }

  /** When this stretch of running began, and at which step. @type {{ from: number, since: number } | null} */
  let stretch = null;
  /** Tells the trainer how far to go by now. @param {number} time milliseconds */
  function pace(time) {
    if (!state.isTraining) return;
    stretch ??= { from: state.step, since: time };
    const goal = state.jumpTo ?? Math.min(state.end, targetStep(state.pace, stretch.from, (time - stretch.since) / 1000));
    if (goal > state.step) link.tell({ kind: 'trainTo', run: state.run, step: goal });
  }

  const follow = followName(document, () => state, actions);
  /** The state as texts show it. */
  let calm = state;
  let calmSince = -Infinity;
  /** @param {number} time milliseconds */
  function frame(time) {
    pace(time);
    link.restReader(state.isTraining);
    follow(time);
    if (isDirty) {
      ask();
      // What came into sight just now is not in the calm state yet.
      const hasNew = [...state.answers.keys()].some((key) => !calm.answers.has(key));
      if (!state.isTraining || hasNew || time - calmSince >= TEXT_PERIOD) {
        calm = state;
        calmSince = time;
      }
      isDirty = calm !== state;
      for (const view of views) if (isInSight(view)) view.draw(state, calm);
      arrive();
      live.status(state, time);
      acknowledge();
    }
    addressBar.follow(time);
    requestAnimationFrame(frame);
  }

  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
    window.matchMedia(query).addEventListener('change', () => {
      repaint();
      redraw();
    });
  }
  // On paper all of it is in sight, in light colours; no frame comes before it is printed.
  window.matchMedia('print').addEventListener('change', ({ matches }) => {
    if (matches) root.setAttribute('data-theme', 'light');
    else if (state.theme === 'auto') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', state.theme);
    repaint();
    if (matches) {
      asking.ask(views.flatMap((view) => view.asks?.(state) ?? []));
      for (const view of views) view.draw(state, state);
    }
    redraw();
  });
  new ResizeObserver(redraw).observe(root);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && state.isTraining && !state.keepsRunning) {
      actions.pause();
      actions.notify(frameWords.pausedOutOfSight, 'goOn');
    }
  });
  // Frames stop out of sight; a run that goes on there is told how far by a timer.
  setInterval(() => {
    if (!document.hidden || !state.isTraining) return;
    pace(performance.now());
    acknowledge();
  }, 1000);
  listenForKeys(document, () => state, actions);

  /** Opens what the address asks for. */
  function open() {
    if (isAboutNames(inspector.plan(bytesOf(state.names), state.settings))) {
      address.problems.push(frameWords.badNamesInAddress);
      state = { ...state, names: ALL_NAMES };
    }
    beginRun();
    if (address.problems.length > 0) actions.notify(address.problems.join(' '));
    if (address.step === 0) return;
    actions.jump(address.step);
    if (isReload) actions.notify(frameWords.restored(address.step));
  }
  if (isDemanding(address)) actions.notify(frameWords.demanding(address.step, aboutWeights(address.settings)), 'openAnyway');
  else open();
  requestAnimationFrame(frame);
}
