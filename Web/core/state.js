// The page's state: plain data, replaced by `update`. Nothing here touches the document, the engine or the clock.

import { ALL_NAMES } from './names.js';
import { DEFAULT_SETTINGS } from './settings.js';
import { RUN_LENGTH } from './timeline.js';

/** @typedef {import('./names.js').RunNames} RunNames */
/** @typedef {import('./questions.js').Answers} Answers */
/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./story.js').Pace} Pace */
/** @typedef {import('../engine/messages.js').Facts} Facts */
/** @typedef {import('../engine/messages.js').FromTrainer} FromTrainer */
/** @typedef {import('../engine/messages.js').Reading} Reading */
/** @typedef {import('../engine/messages.js').Shape} Shape */

/** @typedef {'minimal' | 'focused' | 'advanced'} Depth */
/** @typedef {'auto' | 'light' | 'dark'} Theme */
/** @typedef {'amber-red' | 'blue-orange'} Palette */
/** @typedef {'goOn' | 'back' | 'best' | 'lastGood' | 'slower' | 'dismiss' | 'openAnyway'} Offer what a notice offers to do */
/** @typedef {{ text: string, offer: Offer | null, label: string, isPassing?: boolean }} Notice what went wrong or was done; a passing one goes with the next state */
/** @typedef {'more' | 'share' | 'keys'} Panel what is open over the page */

/**
 * What belongs to one run.
 * @typedef {object} RunState
 * @property {number} run number of the run on show: every message and picture belongs to one
 * @property {Settings} settings
 * @property {RunNames} names
 * @property {Shape | null} shape what the engine says of the run; null until it is ready
 * @property {Facts | null} facts what the names show before any model
 * @property {readonly string[]} list the names, in the list's order
 * @property {readonly boolean[]} isHeldOut by place in the list
 * @property {number} step the state on show: updates done
 * @property {number | null} visiting the step asked for, until the trainer is there
 * @property {number} furthest the furthest step reached
 * @property {number} end the step at which training stops
 * @property {Float64Array} losses sum and number of predictions of each step from 1, side by side
 * @property {Float64Array} means mean loss of the last 100 steps, at each step from 1
 * @property {readonly Reading[]} readings held-out losses, ascending by step
 * @property {ReadonlyMap<number, Float32Array>} unread weights, by step, whose losses are being read
 * @property {number} status the engine's word on the run, at the step on show
 * @property {Float32Array | null} weights the whole state of the step on show: weights and both moments
 * @property {string} fingerprint of the step on show
 * @property {number} stepsPerSecond inside training steps
 * @property {ReadonlyMap<number, Float32Array>} kept weights of other steps: the seven ages, milestones, what was fetched
 * @property {Answers} answers of the engine, about the step on show
 * @property {Answers} fixedAnswers of the engine, about other steps
 * @property {number | null} brokenStep the step whose loss was no longer a number
 */

/**
 * What the reader chose, whatever the run.
 * @typedef {object} Choices
 * @property {Pace} pace
 * @property {string} name the name on show
 * @property {boolean} isCycling whether the name on show changes by itself
 * @property {string} text the text fed in, in part 5; empty: the name on show
 * @property {string} textProblem what is wrong with the text; empty if nothing
 * @property {string} own the reader's own name
 * @property {number} dice seed of every generated name
 * @property {number} temperature
 * @property {number} topK 0: all
 * @property {number} topP 1: all
 * @property {number | null} a the step of panel A
 * @property {number | null} b the step of panel B; null: now
 * @property {number | null} layer in the attention figures; null: the average of all
 * @property {number} head
 * @property {Theme} theme
 * @property {Palette} palette
 * @property {boolean} marksSigns whether negative cells carry a mark
 * @property {Depth} depth
 * @property {boolean} keepsRunning whether it trains on out of sight
 * @property {boolean} hasShortcuts
 * @property {Panel | null} panel
 * @property {boolean} hasEnded whether the end of the run is on offer
 * @property {string} show numbers of the parts that are shown, between commas; empty: all
 * @property {string} off parts that are switched off in the figures about switches; see switches.js
 * @property {boolean} linksNames whether the address holds the reader's own names
 */

/**
 * @typedef {object} PageState
 * @property {boolean} isTraining
 * @property {number | null} jumpTo the step that it trains to as fast as it goes, whatever the pace
 * @property {boolean} wasStarted whether Train was ever pressed
 * @property {Notice | null} notice what went wrong or was done
 * @property {RunState | null} previous the run before this one
 */

/** @typedef {RunState & Choices & PageState} State */

/** @param {number} run @param {Settings} settings @param {RunNames} [names] @returns {RunState} */
export function freshRun(run, settings, names = ALL_NAMES) {
  return {
    run, settings, names, shape: null, facts: null, list: [], isHeldOut: [], step: 0, visiting: null, furthest: 0, end: RUN_LENGTH,
    losses: new Float64Array(0), means: new Float64Array(0), readings: [], unread: new Map(), status: 0, weights: null, fingerprint: '',
    stepsPerSecond: NaN, kept: new Map(), answers: new Map(), fixedAnswers: new Map(), brokenStep: null,
  };
}

/** @type {Readonly<Choices>} */
export const DEFAULT_CHOICES = Object.freeze({
  pace: 'story', name: 'mei', isCycling: true, text: '', textProblem: '', own: '', dice: 42, temperature: 0.8, topK: 0, topP: 1,
  a: 0, b: null, layer: 0, head: 0, theme: 'auto', palette: 'amber-red', marksSigns: false, depth: 'focused',
  keepsRunning: false, hasShortcuts: true, panel: null, hasEnded: false, linksNames: false, off: '', show: '',
});

/** @param {Partial<State>} [known] @returns {State} */
export function defaults(known = {}) {
  return {
    ...freshRun(1, known.settings ?? DEFAULT_SETTINGS), ...DEFAULT_CHOICES,
    isTraining: false, jumpTo: null, wasStarted: false, notice: null, previous: null, ...known,
  };
}

/** The name on show as the model reads it: cut where it has no more room, as in training. @param {State} state @returns {string} */
export function readName({ name, shape }) {
  return shape === null ? name : Array.from(name).slice(0, shape.blockSize - 1).join('');
}

/** The text fed in: the reader's, or else the name on show. @param {State} state @returns {string} */
export function fedText(state) {
  return state.text !== '' && state.textProblem === '' ? state.text : readName(state);
}

/** The step that broke, where the step on show is the last good one before it; else null. @param {State} state @returns {number | null} */
export function brokenAfter({ brokenStep, step }) {
  return brokenStep !== null && step >= brokenStep - 1 ? brokenStep : null;
}

/** Whether the losses of every step up to the one on show were read, where they are to be. @param {State} state @returns {boolean} */
export function isRead({ unread, step }) {
  return [...unread.keys()].every((waiting) => waiting > step);
}

/** Which run and step the answers must be about. @param {State} state @returns {string} */
export function versionOf(state) {
  return `${state.run}/${state.step}`;
}
