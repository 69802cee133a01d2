// The engine and the yardstick by turns in a Worker.
import { takeTurns } from './turns.js';

/** @param {string} name */
const bytes = async (name) => (await fetch(name)).arrayBuffer();

/** @param {number} steps @param {string[]} rows */
async function answer(steps, rows) {
  const [engine, yardstick] = await Promise.all([bytes('engine.wasm'), bytes('strict.wasm')]);
  const run = await (await fetch('run.json')).json();
  return takeTurns({ engine, yardstick, run, steps, rows, clock: () => performance.now() });
}

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
scope.addEventListener('message', ({ data: { steps, rows } }) => {
  answer(steps, rows).then((found) => scope.postMessage(found), (error) => scope.postMessage({ error: String(error) }));
});
