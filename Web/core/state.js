// The page's state: plain data, replaced by `update`. Nothing here touches the document, the engine or the clock.

import { DEFAULT_SETTINGS } from './settings.js';
import { RUN_LENGTH } from './timeline.js';

/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./story.js').Pace} Pace */
/** @typedef {import('../engine/messages.js').FromTrainer} FromTrainer */
/** @typedef {import('../engine/messages.js').Shape} Shape */
/** @typedef {import('../engine/messages.js').GeneratedName} GeneratedName */
/** @typedef {import('../engine/messages.js').Look} Look */

/** @typedef {'minimal' | 'focused' | 'advanced'} Depth */
/** @typedef {'auto' | 'light' | 'dark'} Theme */

/**
 * @typedef {object} State
 * @property {number} run number of the run on show: every message and picture belongs to one
 * @property {Settings} settings
 * @property {Shape | null} shape what the engine says of the run; null until it is ready
 * @property {number} step the state on show: updates done
 * @property {number | null} visiting the step asked for, until the trainer is there
 * @property {number} furthest the furthest step reached
 * @property {number} end the step at which training stops
 * @property {boolean} isTraining
 * @property {boolean} wasStarted whether Train was ever pressed
 * @property {Pace} pace
 * @property {Float64Array} losses sum and number of predictions of each step from 1, side by side
 * @property {Float64Array} means mean loss of the last 100 steps, at each step from 1
 * @property {{ step: number, loss: number }[]} readings held-out losses, ascending by step
 * @property {number} status the engine's word on the run, at the step on show
 * @property {Float32Array | null} weights of the step on show
 * @property {string} fingerprint of the step on show
 * @property {Map<number, GeneratedName[]>} ages names by step, from the same dice
 * @property {GeneratedName[]} now names of the step on show, from the same dice
 * @property {string} text the name fed in, letters only
 * @property {string} textProblem what is wrong with the name fed in; empty if nothing
 * @property {Look | null} look the model's view of the name fed in, at the step on show
 * @property {number} layer on show in the attention figure
 * @property {number} head
 * @property {Theme} theme
 * @property {Depth} depth
 * @property {number | null} brokenStep the step whose loss was no longer a number
 * @property {string} notice a sentence for everyone: what went wrong or was done
 */

/** @param {Partial<State>} [known] @returns {State} */
export function defaults(known = {}) {
  return {
    run: 1,
    settings: DEFAULT_SETTINGS,
    shape: null,
    step: 0,
    visiting: null,
    furthest: 0,
    end: RUN_LENGTH,
    isTraining: false,
    wasStarted: false,
    pace: 'story',
    losses: new Float64Array(0),
    means: new Float64Array(0),
    readings: [],
    status: 0,
    weights: null,
    fingerprint: '',
    ages: new Map(),
    now: [],
    text: 'mei',
    textProblem: '',
    look: null,
    layer: 0,
    head: 0,
    theme: 'auto',
    depth: 'focused',
    brokenStep: null,
    notice: '',
    ...known,
  };
}

/**
 * @typedef {{ kind: 'train' } | { kind: 'pause' } | { kind: 'visit', step: number } | { kind: 'pace', pace: Pace }
 *   | { kind: 'text', text: string, problem: string } | { kind: 'layer', layer: number } | { kind: 'head', head: number }
 *   | { kind: 'theme', theme: Theme } | { kind: 'depth', depth: Depth } | { kind: 'newRun', settings: Settings }
 *   | { kind: 'notice', notice: string } | { kind: 'seen', look: Look | null, now: GeneratedName[], status: number, means: Float64Array }
 *   | { kind: 'age', run: number, step: number, names: GeneratedName[] } | { kind: 'trainer', message: FromTrainer }} Message
 */

/**
 * The state after a message.
 * @param {State} state @param {Message} message @returns {State}
 */
export function update(state, message) {
  switch (message.kind) {
    case 'train': {
      const end = state.step >= state.end ? state.step + RUN_LENGTH : state.end;
      return { ...state, isTraining: true, wasStarted: true, visiting: null, end, notice: '' };
    }
    case 'pause':
      return { ...state, isTraining: false };
    case 'visit': {
      // The step on show changes when its weights come, so that every number belongs to it.
      const step = Math.min(message.step, state.furthest);
      return { ...state, isTraining: false, visiting: step === state.step ? null : step };
    }
    case 'pace':
      return { ...state, pace: message.pace };
    case 'text':
      return { ...state, text: message.text, textProblem: message.problem };
    case 'layer':
      return { ...state, layer: message.layer };
    case 'head':
      return { ...state, head: message.head };
    case 'theme':
      return { ...state, theme: message.theme };
    case 'depth':
      return { ...state, depth: message.depth };
    case 'newRun':
      return defaults({
        run: state.run + 1, settings: message.settings, pace: state.pace, text: state.text, layer: 0, head: 0,
        theme: state.theme, depth: state.depth,
      });
    case 'notice':
      return { ...state, notice: message.notice };
    case 'seen':
      return { ...state, look: message.look, now: message.now, status: message.status, means: message.means };
    case 'age':
      if (message.run !== state.run) return state;
      return { ...state, ages: new Map(state.ages).set(message.step, message.names) };
    case 'trainer':
      return message.message.run === state.run ? afterTrainer(state, message.message) : state;
    default:
      return unreachable(message);
  }
}

/** @param {State} state @param {FromTrainer} message @returns {State} */
function afterTrainer(state, message) {
  switch (message.kind) {
    case 'ready':
      return { ...state, shape: message.shape };
    case 'state': {
      const losses = message.losses.length > 0 ? appended(state.losses, message.firstLoss, message.losses) : state.losses;
      const furthest = Math.max(state.furthest, message.step);
      const ended = message.step >= state.end;
      return {
        ...state,
        losses,
        furthest,
        readings: message.readings.length > 0 ? [...state.readings, ...message.readings] : state.readings,
        step: message.step,
        visiting: message.step === state.visiting ? null : state.visiting,
        weights: message.weights,
        fingerprint: message.fingerprint,
        isTraining: state.isTraining && !ended,
      };
    }
    case 'age':
      return state;
    case 'broken':
      return { ...state, isTraining: false, brokenStep: message.step };
    case 'failed':
      return { ...state, isTraining: false, notice: message.detail };
    default:
      return unreachable(message);
  }
}

/** Losses with more of them from step `first` on. @param {Float64Array} losses @param {number} first @param {Float64Array} more @returns {Float64Array} */
function appended(losses, first, more) {
  const start = 2 * (first - 1);
  const fresh = start + more.length - losses.length;
  if (fresh <= 0) return losses;
  const all = new Float64Array(losses.length + fresh);
  all.set(losses);
  all.set(more, start);
  return all;
}

/** @param {never} message @returns {never} */
function unreachable(message) {
  throw new Error(`update: no such message: ${JSON.stringify(message)}`);
}
