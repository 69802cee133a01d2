// The trainer: runs in a Worker, owns the run's training and its kept states, and says at which steps the losses are read. Train
// and visit are exact: a step visited twice has the same bits.

import { isMilestone, isReadingStep, nextStop } from '../core/timeline.js';
import { createHistory } from './history.js';
import { createMemory } from './memory.js';
import { running } from './running.js';

/** @typedef {import('./messages.js').ToTrainer} ToTrainer */
/** @typedef {import('./messages.js').FromTrainer} FromTrainer */

/** Milliseconds of training between two looks at the mailbox. */
const SLICE = 6;
/** Steps played again that take long enough to be told. */
const LONG_REPLAY = 500;

/**
 * @param {WebAssembly.Module} module
 * @param {(message: FromTrainer, transfer?: Transferable[]) => void} post
 * @param {(body: () => void) => void} later runs a function after the messages that wait
 * @param {() => number} now milliseconds
 * @returns {(message: ToTrainer) => void} takes messages
 */
export function createTrainer(module, post, later, now) {
  const engine = running(createMemory(module));
  let history = createHistory();
  let run = 0;
  let target = 0;
  let furthest = 0;
  let isBroken = false;
  let isScheduled = false;
  /** Whether the page has taken the last state: until then no other is sent. */
  let isPageFree = true;
  let sentStep = -1;
  /** Losses and readings that the page has not got yet. @type {number[]} */
  let losses = [];
  let firstLoss = 1;
  /** @type {import('./messages.js').Reading[]} */
  let readings = [];
  /** Weights to be read that the page has not got yet. @type {import('./messages.js').Unread[]} */
  let unread = [];
  /** How many the page has, and how many there may be. */
  let waiting = 0;
  let mostWaiting = 0;
  /** Steps trained, and the milliseconds they took: the last of several thousand. */
  let timed = { steps: 0, time: 0 };

  /** Notes what belongs to the step that was just reached for the first time. */
  function note() {
    const step = engine.step();
    if (history.wants(step)) history.keep(step, engine.save(3));
    if (isReadingStep(step)) {
      if (waiting + unread.length < mostWaiting) unread.push({ step, weights: engine.save(1) });
      else readings.push({ step, loss: engine.heldOutLoss(), shown: engine.shownLoss() });
    }
    if (isMilestone(step)) sendWeights();
  }

  function sendWeights() {
    const weights = engine.save(1);
    post({ kind: 'weights', run, step: engine.step(), weights }, [weights.buffer]);
  }

  /** Trains to `step` or the next stop. @param {number} step */
  function trainTowards(step) {
    const from = engine.step();
    const to = Math.min(step, nextStop(from));
    const began = now();
    const result = engine.train(to);
    timed = timed.steps > 4000 ? { steps: 0, time: 0 } : timed;
    timed = { steps: timed.steps + result.step - from, time: timed.time + now() - began };
    if (result.step > furthest) {
      // A replayed part was told before.
      const known = Math.max(0, furthest - from);
      if (losses.length === 0) firstLoss = furthest + 1;
      for (let i = 2 * known; i < 2 * (result.step - from); i += 1) losses.push(result.losses[i] ?? NaN);
      furthest = result.step;
      note();
    } else if (history.wants(result.step)) {
      history.keep(result.step, engine.save(3));
    }
    if (result.step < to) {
      isBroken = true;
      target = result.step;
      post({ kind: 'broken', run, step: result.step + 1 });
    }
  }

  function sendState() {
    const step = engine.step();
    if (!isPageFree || (step === sentStep && losses.length === 0)) return;
    const weights = engine.save(3);
    const told = Float64Array.from(losses);
    const stepsPerSecond = timed.time > 0 ? (1000 * timed.steps) / timed.time : NaN;
    post(
      { kind: 'state', run, step, weights, fingerprint: engine.fingerprint(), firstLoss, losses: told, readings, unread, stepsPerSecond },
      [weights.buffer, told.buffer, ...unread.map((one) => one.weights.buffer)]);
    waiting += unread.length;
    losses = [];
    readings = [];
    unread = [];
    sentStep = step;
    isPageFree = false;
  }

  function work() {
    isScheduled = false;
    const end = now() + SLICE;
    while (engine.step() < target && !isBroken && now() < end) trainTowards(target);
    sendState();
    if (engine.step() < target && !isBroken) schedule();
  }

  function schedule() {
    if (isScheduled) return;
    isScheduled = true;
    later(work);
  }

  /** Goes to a step that was reached before: the nearest kept state, then the same steps again. @param {number} goal @param {boolean} isAwaited whether the page waits for it */
  function restore(goal, isAwaited) {
    const from = engine.step();
    const kept = history.before(goal);
    if (kept && (goal < from || kept.step > from)) engine.load(kept.state, kept.step);
    if (isAwaited && goal - engine.step() >= LONG_REPLAY) post({ kind: 'replaying', run, from: engine.step(), to: goal });
    while (engine.step() < goal) trainTowards(goal);
  }

  /** @param {Extract<ToTrainer, { kind: 'start' }>} message */
  function start(message) {
    run = message.run;
    history = createHistory();
    target = 0;
    furthest = message.from?.furthest ?? 0;
    isBroken = false;
    isPageFree = true;
    sentStep = -1;
    losses = [];
    readings = [];
    unread = [];
    waiting = 0;
    timed = { steps: 0, time: 0 };
    engine.start(message.names, message.settings);
    mostWaiting = Math.floor(message.readerRoom / engine.weightBytes());
    post({ kind: 'ready', run });
    if (message.from === null) {
      note();
    } else {
      history.keep(0, engine.save(3));
      history.keep(message.from.step, message.from.state);
      engine.load(message.from.state, message.from.step);
    }
    sendState();
  }

  return (message) => {
    if (message.kind === 'start') return start(message);
    if (message.run !== run) return;
    if (message.kind === 'trainTo') {
      target = message.step;
      if (!isBroken) schedule();
      else if (target > engine.step()) post({ kind: 'broken', run, step: engine.step() + 1 });
    } else if (message.kind === 'visit') {
      target = Math.min(message.step, furthest);
      isBroken = false;
      restore(target, true);
      sendState();
    } else if (message.kind === 'fetch') {
      const [state, step] = [engine.save(3), engine.step()];
      restore(Math.min(message.step, furthest), false);
      sendWeights();
      engine.load(state, step);
    } else {
      isPageFree = true;
      waiting = message.unread;
      sendState();
      if (engine.step() < target && !isBroken) schedule();
    }
  };
}
