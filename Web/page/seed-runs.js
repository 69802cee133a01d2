// Eight seeds in a second Worker, one after another; what each came to is measured here, in portions, by a third instance of
// the engine.

import { FEW_NAMES } from '../core/head-measures.js';
import { createEngine } from '../engine/engine.js';
import { measureHeads, measureHeldOut, measureWorths } from '../engine/measuring.js';

/** @typedef {import('../core/settings.js').Settings} Settings */
/** @typedef {import('../engine/messages.js').FromTrainer} FromTrainer */
/** @typedef {import('../engine/messages.js').ToTrainer} ToTrainer */
/** @typedef {{ worths: import('../engine/messages.js').Worths, table: import('../engine/messages.js').HeadTable, loss: number, bigram: number }} SeedResult bigram: the loss of letter pairs on the same held-out names */
/** @typedef {{ seed: number, step: number, isBroken: boolean, result: SeedResult | null }} SeedRun */
/** @typedef {{ worker: Worker, names: Uint8Array, settings: Settings, goal: number, runs: SeedRun[], at: number }} SeedBatch at: the run being trained */
/** @typedef {ReturnType<typeof createSeedRuns>} SeedRuns */

export const SEED_COUNT = 8;
const SEEDS = 2 ** 32;

/**
 * @param {object} world
 * @param {WebAssembly.Module} world.module
 * @param {() => Uint8Array} world.readNames names of the run on show
 * @param {() => Worker} world.makeWorker
 * @param {() => Promise<void>} world.breathe resolves when the page had its turn
 * @param {() => void} world.changed
 */
export function createSeedRuns({ module, readNames, makeWorker, breathe, changed }) {
  /** @type {SeedBatch | null} */
  let current = null;
  let isPaused = false;
  let hasFailed = false;
  /** @type {import('../engine/engine.js').Engine | null} */
  let engine = null;
  /** The measuring before: one at a time holds the engine. */
  let measured = Promise.resolve();

  /** @param {ToTrainer} message */
  const tell = (message) => current?.worker.postMessage(message);
  const settingsOf = (/** @type {Settings} */ settings, /** @type {number} */ index) => ({ ...settings, seed: (settings.seed + index) % SEEDS });

  /** Starts the training of the seed at hand. */
  function startSeed() {
    if (current === null || current.at >= current.runs.length) return;
    // The losses on the way are read by nobody.
    const settings = settingsOf(current.settings, current.at);
    tell({ kind: 'start', run: current.at, names: current.names, settings, readerRoom: Infinity, from: null });
    if (!isPaused) tell({ kind: 'trainTo', run: current.at, step: current.goal });
  }
  /** @param {FromTrainer} message */
  function receive(message) {
    const run = current?.runs[message.run];
    if (current === null || run === undefined || message.run !== current.at) return;
    if (message.kind === 'failed') return fail();
    if (message.kind === 'broken') {
      run.isBroken = true;
      return next();
    }
    if (message.kind !== 'state') return;
    run.step = message.step;
    if (message.step === current.goal) {
      const [owner, index] = [current, current.at];
      measured = measured.then(() => measure(owner, index, message.weights)).catch(fail);
      return next();
    }
    tell({ kind: 'received', run: message.run, unread: 0 });
    changed();
  }
  function next() {
    if (current !== null) current.at += 1;
    startSeed();
    changed();
  }
  function fail() {
    current?.worker.terminate();
    current = null;
    hasFailed = true;
    changed();
  }

  /** @param {SeedBatch} owner @param {number} index @param {Float32Array} weights */
  async function measure(owner, index, weights) {
    const run = owner.runs[index];
    if (owner !== current || run === undefined) return;
    const held = engine ??= createEngine(module);
    await breathe();
    held.start(owner.names, settingsOf(owner.settings, index));
    await breathe();
    held.load(weights, owner.goal);
    const shape = held.shape();
    const portions = { parameters: shape.parameters, show: () => {}, breathe };
    const { loss } = await measureHeldOut(held, shape.heldOut, portions);
    const worths = await measureWorths(held, shape, portions);
    run.result = { worths, table: await measureHeads(held, FEW_NAMES, portions), loss, bigram: shape.baselines.bigram };
    if (owner.runs.every(({ result, isBroken }) => isBroken || result !== null)) owner.worker.terminate();
    changed();
  }

  return {
    /** @param {Settings} settings of the first; the others have the seeds after it @param {number} goal */
    start(settings, goal) {
      current?.worker.terminate();
      isPaused = hasFailed = false;
      const worker = makeWorker();
      const runs = Array.from({ length: SEED_COUNT }, (_, index) => ({ seed: settingsOf(settings, index).seed, step: 0, isBroken: false, result: null }));
      current = { worker, names: readNames(), settings, goal, runs, at: 0 };
      worker.addEventListener('message', (event) => {
        if (current?.worker === worker) receive(event.data);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        if (current?.worker === worker) fail();
      });
      worker.postMessage({ module });
      startSeed();
      changed();
    },
    /** Pauses, or goes on. */
    togglePause() {
      if (current === null) return;
      isPaused = !isPaused;
      tell({ kind: 'trainTo', run: current.at, step: isPaused ? 0 : current.goal });
      changed();
    },
    /** Ends it; what was measured is gone too. */
    cancel() {
      current?.worker.terminate();
      current = null;
      changed();
    },
    /** @returns {{ runs: readonly SeedRun[], goal: number, settings: Settings | null, at: number, isPaused: boolean, hasFailed: boolean }} */
    read: () => ({ runs: current?.runs ?? [], goal: current?.goal ?? 0, settings: current?.settings ?? null, at: current?.at ?? 0, isPaused, hasFailed }),
  };
}
