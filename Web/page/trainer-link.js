// The page's end of the Workers: the trainer, and the reader that reads losses beside it. Starts them, replaces one that dies,
// and keeps what is needed to go on from there.

import { READER_ROOM } from '../core/timeline.js';

/** @typedef {import('../core/state.js').State} State */
/** @typedef {import('../engine/messages.js').FromWorker} FromWorker */
/** @typedef {import('../engine/messages.js').ToReader} ToReader */
/** @typedef {import('../engine/messages.js').ToTrainer} ToTrainer */

/** Deaths without a message in between, after which it is not tried again. */
const MOST_DEATHS = 3;

/**
 * @param {WebAssembly.Module} module
 * @param {() => Worker} makeWorker
 * @param {(message: FromWorker) => void} receive
 * @param {(isHopeless: boolean) => void} died called once a new Worker is there, or none can be had
 */
export function createTrainerLink(module, makeWorker, receive, died) {
  const deaths = { trainer: 0, reader: 0 };
  let trainer = hire('trainer');
  /** Made when there is something to read. @type {Worker | null} */
  let reader = null;
  /** The run at hand, as the reader is told of it. @type {Extract<ToReader, { kind: 'start' }> | null} */
  let begun = null;
  /** Whether the reader rests between readings. */
  let rests = false;

  /** @param {'trainer' | 'reader'} role */
  function hire(role) {
    const made = makeWorker();
    made.addEventListener('message', ({ data }) => {
      deaths[role] = 0;
      receive(data);
      if (data.kind === 'state') read(data.run, data.unread);
    });
    made.addEventListener('error', (event) => {
      event.preventDefault();
      made.terminate();
      deaths[role] += 1;
      const isHopeless = deaths[role] >= MOST_DEATHS;
      if (role === 'reader') reader = null;
      else if (!isHopeless) trainer = hire(role);
      died(isHopeless);
    });
    made.postMessage({ module, isReader: role === 'reader' });
    return made;
  }

  /** @param {number} run @param {readonly import('../engine/messages.js').Unread[]} unread */
  function read(run, unread) {
    if (unread.length === 0 || run !== begun?.run) return;
    if (reader === null) {
      reader = hire('reader');
      reader.postMessage(begun);
      reader.postMessage(/** @type {ToReader} */ ({ kind: 'rest', run, rests }));
    }
    for (const one of unread) reader.postMessage(/** @type {ToReader} */ ({ kind: 'read', run, unread: one }));
  }

  return {
    /** @param {ToTrainer} message */
    tell: (message) => trainer.postMessage(message),

    /** Lets the reader rest between readings while the trainer works. @param {boolean} isTraining */
    restReader(isTraining) {
      if (isTraining === rests) return;
      rests = isTraining;
      if (begun !== null) reader?.postMessage(/** @type {ToReader} */ ({ kind: 'rest', run: begun.run, rests }));
    },

    /** Starts the run of a state: from the state on show, or from the first if no trainer has told of it yet. @param {State} state @param {Uint8Array} names */
    begin(state, names) {
      const { furthest, readings, run, settings, step, unread, weights } = state;
      const from = weights === null || readings.length + unread.size === 0 ? null : { step, state: weights, furthest };
      trainer.postMessage({ kind: 'start', run, names, settings, readerRoom: READER_ROOM, from });
      begun = { kind: 'start', run, names, settings };
      reader?.postMessage(begun);
      read(run, [...unread].map(([waiting, of]) => ({ step: waiting, weights: of })));
    },
  };
}
