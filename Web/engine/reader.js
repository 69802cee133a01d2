// The reader: runs in a Worker of its own and reads the losses of weights that it is given, so that training goes on meanwhile.

import { createEngine } from './engine.js';

/** @typedef {import('./messages.js').ToReader} ToReader */
/** @typedef {import('./messages.js').FromReader} FromReader */

/**
 * @param {WebAssembly.Module} module
 * @param {(message: FromReader) => void} post
 * @param {(body: () => void) => void} later runs a function after the messages that wait
 * @returns {(message: ToReader) => void} takes messages
 */
export function createReader(module, post, later) {
  const engine = createEngine(module);
  let run = 0;
  /** @type {import('./messages.js').Unread[]} */
  let unread = [];
  let isScheduled = false;

  function schedule() {
    if (isScheduled || unread.length === 0) return;
    isScheduled = true;
    later(work);
  }
  function work() {
    isScheduled = false;
    const next = unread.shift();
    if (next === undefined) return;
    engine.load(next.weights, next.step);
    post({ kind: 'reading', run, reading: { step: next.step, loss: engine.heldOutLoss(), shown: engine.shownLoss() } });
    schedule();
  }

  return (message) => {
    if (message.kind === 'start') {
      // Nobody waits for what is left of the run before.
      ({ run } = message);
      unread = [];
      engine.start(message.names, message.settings);
    } else if (message.run === run) {
      unread.push(message.unread);
      schedule();
    }
  };
}
