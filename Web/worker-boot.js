// Starts trainer or reader in a Worker: the one file that knows how a Worker gets its messages and its engine.

import { createReader } from './engine/reader.js';
import { createTrainer } from './engine/trainer.js';

/** @typedef {import('./engine/messages.js').FromWorker} FromWorker */

const workerScope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** The message after this one: channel messages, unlike timers, are not slowed down. */
const workerChannel = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
workerChannel.port1.addEventListener('message', () => waiting.shift()?.());
workerChannel.port1.start();

workerScope.addEventListener('message', (first) => {
  /** The run of the last message. */
  let run = 0;
  /** @param {unknown} error */
  const fail = (error) => {
    const detail = error instanceof Error ? error.message : String(error);
    workerScope.postMessage(/** @type {FromWorker} */ ({ kind: 'failed', run, detail }));
  };
  /** @param {FromWorker} message @param {Transferable[]} [transfer] */
  const post = (message, transfer = []) => workerScope.postMessage(message, transfer);
  /** @param {() => void} body @param {number} [wait] milliseconds */
  const later = (body, wait = 0) => {
    if (wait > 0) {
      setTimeout(() => later(body), wait);
      return;
    }
    waiting.push(() => {
      try {
        body();
      } catch (error) {
        fail(error);
      }
    });
    workerChannel.port2.postMessage(0);
  };
  const { module, isReader } = first.data;
  const create = isReader === true ? createReader : createTrainer;
  const receive = create(module, post, later, () => performance.now());
  workerScope.addEventListener('message', (event) => {
    try {
      ({ run } = event.data);
      receive(event.data);
    } catch (error) {
      fail(error);
    }
  });
}, { once: true });
