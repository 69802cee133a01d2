// The address and the session: the fragment follows the state once it rests, and a reload finds the state that it left.

import { ownNames } from '../core/names.js';
import { formatAddress, parseAddress } from '../core/address.js';

/** @typedef {import('../core/state.js').State} State */

/** Where a reload finds the state that it left. */
const SESSION = 'gptosaurus.address';
/** The reader's own names stay in the session, whatever the address says. */
const SESSION_NAMES = 'gptosaurus.names';
/** Milliseconds that a state must stand before the address says it: browsers refuse more than a few changes a second. */
const REST = 300;

/** @param {Window} window @param {() => State} read */
export function createAddressBar(window, read) {
  const isReload = window.performance.getEntriesByType('navigation')
    .some((entry) => /** @type {PerformanceNavigationTiming} */ (entry).type === 'reload');
  const left = isReload ? window.sessionStorage.getItem(SESSION) : null;
  const kept = isReload ? window.sessionStorage.getItem(SESSION_NAMES) : null;
  const address = parseAddress(left ?? window.location.hash);
  let shown = window.location.hash.slice(1);
  /** @type {State | null} */
  let latest = null;
  /** @type {State | null} */
  let written = null;
  let since = 0;

  /** Whether the page goes to another address, which what it leaves must not hide. */
  let isLeaving = false;
  // While it trains the address stands still: a reload in the middle goes on from here.
  window.addEventListener('pagehide', () => {
    if (!isLeaving) keepInSession(window.sessionStorage, read());
  });
  window.addEventListener('hashchange', () => {
    isLeaving = true;
    window.sessionStorage.removeItem(SESSION);
    window.sessionStorage.removeItem(SESSION_NAMES);
    window.location.reload();
  });

  return {
    /** Whether a reload goes on from the state that it left. */
    isReload: left !== null,
    /** What the page was opened with. */
    opened: kept === null ? address : { ...address, names: ownNames(kept) },

    /** Writes the address of a state that rests. @param {number} time milliseconds */
    follow(time) {
      const state = read();
      if (state !== latest) {
        latest = state;
        since = time;
      }
      if (state === written || state.isTraining || state.shape === null || time - since < REST) return;
      written = state;
      const fragment = formatAddress(state);
      if (fragment === shown) return;
      shown = fragment;
      const { pathname, search } = window.location;
      window.history.replaceState(null, '', fragment === '' ? pathname + search : `#${fragment}`);
    },
  };
}

/** Keeps what a reload needs. @param {Storage} session @param {State} state */
function keepInSession(session, state) {
  session.removeItem(SESSION_NAMES);
  try {
    if (state.names.kind === 'own') session.setItem(SESSION_NAMES, state.names.text);
    session.setItem(SESSION, `#${formatAddress(state)}`);
  } catch {
    // A session without room for the names can't restore their run.
    session.removeItem(SESSION);
  }
}

/** The link to a state. @param {State} state @returns {string} */
export function linkTo(state) {
  const { origin, pathname, protocol } = window.location;
  const fragment = formatAddress(state);
  return `${protocol === 'file:' ? 'file://' : origin}${pathname}${fragment === '' ? '' : `#${fragment}`}`;
}
