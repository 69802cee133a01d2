// Times a run on this device: a Worker of its own trains exactly that run for a moment, and is gone.

import { READER_ROOM } from '../core/timeline.js';

/** @typedef {import('../core/forecast.js').Speed} Speed */

/** Milliseconds that a plan must stand before it is timed. */
const SETTLED = 350;
/** Milliseconds in which a browser makes the engine's code fast: they are not timed. */
const WARMING = 500;
/** Milliseconds, and steps, that are timed at least. */
const MEASURED = 500;
const LEAST_STEPS = 3;
/** Steps until which the trainer's speed is that of all its steps; after that it is of the last ones. */
const WHOLE = 4000;
/** A step that no measurement comes to. */
const FAR_AWAY = 1e6;

/** @param {WebAssembly.Module} module @param {() => Worker} makeWorker @param {() => number} now milliseconds */
export function createMeasuring(module, makeWorker, now) {
  /** @type {Worker | null} */
  let measured = null;
  /** What is to be timed, one after the other: of each asker the last. @type {Map<string, () => void>} */
  const waiting = new Map();
  let current = '';

  function next() {
    measured?.terminate();
    measured = null;
    current = '';
    const [first] = waiting;
    if (first === undefined) return;
    current = first[0];
    waiting.delete(current);
    first[1]();
  }

  /** @param {Uint8Array} names @param {import('../core/settings.js').Settings} settings @param {(speed: Speed | null) => void} told */
  function begin(names, settings, told) {
    const worker = makeWorker();
    measured = worker;
    /** @param {import('../engine/messages.js').ToTrainer} message */
    const tell = (message) => worker.postMessage(message);
    /** @param {Speed | null} speed */
    const end = (speed) => {
      if (worker !== measured) return;
      next();
      told(speed);
    };
    /** Where the timing began: what had passed by then. @type {{ at: number, step: number, training: number } | null} */
    let warm = null;
    let readings = 0;
    let began = 0;
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end(null);
    });
    worker.addEventListener('message', ({ data }) => {
      const message = /** @type {import('../engine/messages.js').FromTrainer} */ (data);
      if (message.kind === 'broken' || message.kind === 'failed') end(null);
      if (message.kind !== 'state') return;
      if (message.step === 0) {
        began = now();
      } else {
        const at = now();
        const { step, stepsPerSecond } = message;
        const training = step / stepsPerSecond;
        if (warm === null) {
          if (at - began >= WARMING && stepsPerSecond > 0) warm = { at, step, training };
        } else {
          readings += message.readings.length;
          const passed = (at - warm.at) / 1000;
          const steps = step - warm.step;
          if (1000 * passed >= MEASURED && steps >= LEAST_STEPS) {
            const speed = step > WHOLE ? stepsPerSecond : steps / Math.max(training - warm.training, 1e-6);
            // What the steps did not take, the readings took; those that a reader would take cost nothing.
            return end({ stepsPerSecond: speed, secondsPerReading: readings === 0 ? 0 : Math.max(0, passed - steps / speed) / readings });
          }
        }
      }
      tell({ kind: 'received', run: 1, unread: 0 });
    });
    worker.postMessage({ module });
    tell({ kind: 'start', run: 1, names, settings, readerRoom: READER_ROOM, from: null });
    tell({ kind: 'trainTo', run: 1, step: FAR_AWAY });
  }

  /** @type {Map<string, number>} */
  const timers = new Map();
  return {
    /** Drops what an asker asked for. @param {string} asker */
    stop(asker) {
      clearTimeout(timers.get(asker));
      waiting.delete(asker);
      if (current === asker) next();
    },
    /** Times a run once its asker asks for nothing else. @param {string} asker @param {Uint8Array} names @param {import('../core/settings.js').Settings} settings @param {(speed: Speed | null) => void} told */
    measure(asker, names, settings, told) {
      this.stop(asker);
      timers.set(asker, setTimeout(() => {
        waiting.set(asker, () => begin(names, settings, told));
        if (measured === null) next();
      }, SETTLED));
    },
  };
}
