// A page in small for tests of asking: a state, an inspector, a clock set by hand.
import { createAsking } from '../../Web/page/asking.js';
import { defaults } from '../../Web/core/state.js';
import { update } from '../../Web/core/update.js';

/** Asks of an inspector, with a state that `dispatch` changes. */
export function askingPage(inspector, known = {}) {
  let state = defaults({ shape: {}, step: 10, furthest: 100, weights: Float32Array.of(10), ...known });
  const fetched = [];
  const page = {
    fetched,
    time: 0,
    /** Messages that changed the state: each lets the page draw, and ask, again. */
    dispatched: 0,
    read: () => state,
    dispatch(message) {
      state = update(state, message);
      page.dispatched += 1;
    },
    /** Another step comes on show. */
    arrive(step, weights = Float32Array.of(step)) {
      const losses = new Float64Array(0);
      page.dispatch({
        kind: 'trainer',
        message: { kind: 'state', run: state.run, step, weights, fingerprint: '', firstLoss: 1, losses, readings: [], unread: [], stepsPerSecond: NaN },
      });
    },
    /** The weights of another step come. */
    keep(step, weights) {
      page.dispatch({ kind: 'trainer', message: { kind: 'weights', run: state.run, step, weights } });
    },
  };
  const asking = createAsking(inspector, page.read, page.dispatch, (step) => fetched.push(step), () => page.time);
  return Object.assign(page, { ask: asking.ask, forget: asking.forget });
}
