// The trainer: runs in a Worker, owns the run's training, its kept states and its readings of the held-out loss. Train and
// visit are exact: a step visited twice has the same bits.

import { AGES, isReadingStep, nextStop } from '../core/timeline.js';
import { createEngine } from './engine.js';
import { createHistory } from './history.js';

/** @typedef {import('./messages.js').ToTrainer} ToTrainer */
/** @typedef {import('./messages.js').FromTrainer} FromTrainer */

/** Milliseconds of training between two looks at the mailbox. */
const SLICE = 6;

/**
 * @param {WebAssembly.Module} module
 * @param {(message: FromTrainer, transfer?: Transferable[]) => void} post
 * @param {(body: () => void) => void} later runs a function after the messages that wait
 * @param {() => number} now milliseconds
 * @returns {(message: ToTrainer) => void} takes messages
 */
export function createTrainer(module, post, later, now) {
  const engine = createEngine(module);
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
  /** @type {{ step: number, loss: number }[]} */
  let readings = [];

  /** Notes what belongs to the step that was just reached for the first time. */
  function note() {
    const step = engine.step();
    if (history.wants(step)) history.keep(step, engine.save(3));
    if (isReadingStep(step)) readings.push({ step, loss: engine.heldOutLoss() });
    if (AGES.includes(step)) {
      const weights = engine.save(1);
      post({ kind: 'age', run, step, weights }, [weights.buffer]);
    }
  }

  /** Trains to `step` or the next stop. @param {number} step */
  function trainTowards(step) {
    const from = engine.step();
    const to = Math.min(step, nextStop(from));
    const result = engine.train(to);
    if (result.step > furthest) {
      // A replayed part was told before.
      const known = Math.max(0, furthest - from);
      if (losses.length === 0) firstLoss = furthest + 1;
      for (let i = 2 * known; i < 2 * (result.step - from); i += 1) losses.push(result.losses[i] ?? NaN);
      furthest = result.step;
      note();
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
    const weights = engine.save(1);
    const told = Float64Array.from(losses);
    post(
      { kind: 'state', run, step, weights, fingerprint: engine.fingerprint(), firstLoss, losses: told, readings },
      [weights.buffer, told.buffer]);
    losses = [];
    readings = [];
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

  /** Goes to a step that was reached before: the nearest kept state, then the same steps again. @param {number} step */
  function visit(step) {
    const goal = Math.min(step, furthest);
    target = goal;
    const from = engine.step();
    const kept = history.before(goal);
    if (kept && (goal < from || kept.step > from)) engine.load(kept.state, kept.step);
    while (engine.step() < goal) trainTowards(goal);
    sendState();
  }

  return (message) => {
    if (message.kind === 'start') {
      run = message.run;
      history = createHistory();
      target = furthest = 0;
      isBroken = false;
      isPageFree = true;
      sentStep = -1;
      losses = [];
      readings = [];
      post({ kind: 'ready', run, shape: engine.start(message.names, message.settings) });
      note();
      sendState();
      return;
    }
    if (message.run !== run) return;
    if (message.kind === 'trainTo') {
      target = message.step;
      schedule();
    } else if (message.kind === 'visit') {
      visit(message.step);
    } else {
      isPageFree = true;
      sendState();
      if (engine.step() < target) schedule();
    }
  };
}
