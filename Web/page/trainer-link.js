// The page's end of the Worker: starts it, replaces it when it dies, and keeps what it needs to go on from there.

/** @typedef {import('../core/state.js').State} State */
/** @typedef {import('../engine/messages.js').ToTrainer} ToTrainer */
/** @typedef {import('../engine/messages.js').FromTrainer} FromTrainer */

/** Deaths without a message in between, after which it is not tried again. */
const MOST_DEATHS = 3;

/**
 * @param {WebAssembly.Module} module
 * @param {() => Worker} makeWorker
 * @param {(message: FromTrainer) => void} receive
 * @param {(isHopeless: boolean) => void} died called once a new Worker is there, or none can be had
 */
export function createTrainerLink(module, makeWorker, receive, died) {
  let deaths = 0;
  let worker = start();

  function start() {
    const made = makeWorker();
    made.addEventListener('message', (event) => {
      deaths = 0;
      receive(event.data);
    });
    made.addEventListener('error', (event) => {
      event.preventDefault();
      made.terminate();
      deaths += 1;
      if (deaths < MOST_DEATHS) worker = start();
      died(deaths >= MOST_DEATHS);
    });
    made.postMessage({ module });
    return made;
  }

  return {
    /** @param {ToTrainer} message */
    tell: (message) => worker.postMessage(message),

    /** Starts the run of a state: from the state on show, or from the first if no trainer has told of it yet. @param {State} state @param {Uint8Array} names */
    begin(state, names) {
      const from = state.weights === null || state.readings.length === 0 ? null : { step: state.step, state: state.weights, furthest: state.furthest };
      worker.postMessage({ kind: 'start', run: state.run, names, settings: state.settings, from });
    },
  };
}
