// Starts the trainer in a Worker: the one file that knows how a Worker gets its messages and its engine.

import { createTrainer } from './engine/trainer.js';

/** @typedef {import('./engine/messages.js').FromTrainer} FromTrainer */

const workerScope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** The message after this one: channel messages, unlike timers, are not slowed down. */
const workerChannel = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
workerChannel.port1.addEventListener('message', () => waiting.shift()?.());
workerChannel.port1.start();

workerScope.addEventListener('message', (first) => {
  const run = first.data.run ?? 0;
  /** @param {unknown} error */
  const fail = (error) => {
    const detail = error instanceof Error ? error.message : String(error);
    workerScope.postMessage(/** @type {FromTrainer} */ ({ kind: 'failed', run, detail }));
  };
  const receive = createTrainer(
    first.data.module,
    (message, transfer = []) => workerScope.postMessage(message, transfer),
    (body) => {
      waiting.push(() => {
        try {
          body();
        } catch (error) {
          fail(error);
        }
      });
      workerChannel.port2.postMessage(0);
    },
    () => performance.now(),
  );
  workerScope.addEventListener('message', (event) => {
    try {
      receive(event.data);
    } catch (error) {
      fail(error);
    }
  });
}, { once: true });
