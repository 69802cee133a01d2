// The reader: runs in a Worker of its own and reads the losses of weights that it is given, so that training goes on meanwhile.

import { READER_ROOM } from '../core/timeline.js';
import { createMemory } from './memory.js';
import { running } from './running.js';

/** @typedef {import('./messages.js').ToReader} ToReader */
/** @typedef {import('./messages.js').FromReader} FromReader */

/** Rest after a reading while the trainer works, in times of the reading: training and page come first. */
const READER_REST = 3;

/**
 * @param {WebAssembly.Module} module
 * @param {(message: FromReader) => void} post
 * @param {(body: () => void, wait: number) => void} later runs a function after some milliseconds, and after the messages that wait
 * @param {() => number} now milliseconds
 * @returns {(message: ToReader) => void} takes messages
 */
export function createReader(module, post, later, now) {
  const engine = running(createMemory(module));
  let run = 0;
  /** @type {import('./messages.js').Unread[]} */
  let unread = [];
  let isScheduled = false;
  let rests = false;

  /** @param {number} wait milliseconds */
  function schedule(wait) {
    if (isScheduled) return;
    isScheduled = true;
    later(work, wait);
  }
  function work() {
    isScheduled = false;
    const next = unread.shift();
    if (next === undefined) return;
    const began = now();
    engine.load(next.weights, next.step);
    post({ kind: 'reading', run, reading: { step: next.step, loss: engine.heldOutLoss(), shown: engine.shownLoss() } });
    // No rest where so much waits that the trainer may soon read for itself.
    const isFull = 2 * unread.length * next.weights.byteLength > READER_ROOM;
    schedule(rests && !isFull ? READER_REST * (now() - began) : 0);
  }

  return (message) => {
    if (message.kind === 'start') {
      // Nobody waits for what is left of the run before.
      ({ run } = message);
      unread = [];
      engine.start(message.names, message.settings);
    } else if (message.kind === 'rest') {
      ({ rests } = message);
    } else if (message.run === run) {
      unread.push(message.unread);
      schedule(0);
    }
  };
}
