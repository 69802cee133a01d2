// The states of a run that the trainer keeps, so that any step can be visited again.

/** Bytes that the states of one run may take. */
const BUDGET = 64 * 1024 * 1024;
/** Steps between two kept states, before the first thinning. */
const FIRST_SPACING = 100;

/** @typedef {ReturnType<typeof createHistory>} History */

/** @param {number} [budget] bytes @returns the states of one run, by step */
export function createHistory(budget = BUDGET) {
  /** @type {Map<number, Float32Array>} */
  const states = new Map();
  let spacing = FIRST_SPACING;
  let last = 0;

  return {
    /** Whether the state of a step is one to keep. @param {number} step @returns {boolean} */
    wants: (step) => step % spacing === 0 && !states.has(step),

    /** Keeps a state; where the budget is passed, every second one goes, but never 0 and the last. @param {number} step @param {Float32Array} state */
    keep(step, state) {
      states.set(step, state);
      last = Math.max(last, step);
      while (states.size > 2 && states.size * state.byteLength > budget) {
        spacing *= 2;
        for (const kept of states.keys()) if (kept % spacing !== 0 && kept !== last) states.delete(kept);
      }
    },

    /** The kept state at or before `step`. @param {number} step @returns {{ step: number, state: Float32Array } | null} */
    before(step) {
      let best = -1;
      for (const kept of states.keys()) if (kept <= step && kept > best) best = kept;
      const state = states.get(best);
      return state ? { step: best, state } : null;
    },

    /** @returns {number} states kept */
    size: () => states.size,
  };
}
