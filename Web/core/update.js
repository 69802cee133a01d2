// What each message does to the state.

import { extended, notRead, withReadings } from './losses.js';
import { DEFAULT_CHOICES, freshRun } from './state.js';
import { RUN_LENGTH } from './timeline.js';

/** @typedef {import('./state.js').Choices} Choices */
/** @typedef {import('./state.js').Notice} Notice */
/** @typedef {import('./state.js').RunState} RunState */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('../engine/messages.js').FromWorker} FromWorker */

/**
 * @typedef {{ kind: 'train' } | { kind: 'jump', step: number } | { kind: 'pause' } | { kind: 'visit', step: number }
 *   | { kind: 'choose', choices: Partial<Choices> } | { kind: 'newRun', settings: import('./state.js').Settings, names?: import('./names.js').RunNames }
 *   | { kind: 'back' } | { kind: 'notice', notice: Notice | null }
 *   | { kind: 'opened', run: number, facts: Pick<RunState, 'shape' | 'facts' | 'list' | 'isHeldOut'>,
 *       first: Pick<RunState, 'weights' | 'fingerprint'> }
 *   | { kind: 'told', run: number, status: number, means: Float64Array }
 *   | { kind: 'answers', run: number, answers: import('./questions.js').Answers, fixedAnswers: import('./questions.js').Answers }
 *   | { kind: 'trainer', message: FromWorker }} Message
 */

/**
 * The state after a message.
 * @param {State} state @param {Message} message @returns {State}
 */
export function update(state, message) {
  switch (message.kind) {
    case 'train': {
      const end = state.step >= state.end ? state.step + RUN_LENGTH : state.end;
      return { ...state, isTraining: true, wasStarted: true, visiting: null, jumpTo: null, end, notice: null, hasEnded: false };
    }
    case 'jump':
      return {
        ...state, isTraining: true, wasStarted: true, visiting: null, jumpTo: message.step, end: Math.max(state.end, message.step), notice: null,
      };
    case 'pause':
      return { ...state, isTraining: false, jumpTo: null };
    case 'visit': {
      // The step on show changes when its weights come, so that every number belongs to it.
      const step = Math.min(message.step, state.furthest);
      return { ...state, isTraining: false, jumpTo: null, visiting: step === state.step ? null : step };
    }
    case 'choose':
      return { ...state, ...message.choices };
    case 'newRun': {
      const { previous: _, ...last } = state;
      return {
        ...state, ...freshRun(state.run + 1, message.settings, message.names ?? state.names), layer: DEFAULT_CHOICES.layer, head: DEFAULT_CHOICES.head, a: 0, b: null, hasEnded: false,
        isTraining: false, jumpTo: null, notice: null, previous: runOf(last),
      };
    }
    case 'back': {
      if (state.previous === null) return state;
      const { previous: _, ...last } = state;
      return { ...state, ...state.previous, run: state.run + 1, isTraining: false, jumpTo: null, visiting: null, notice: null, previous: runOf(last) };
    }
    case 'notice':
      return { ...state, notice: message.notice };
    case 'opened':
      if (message.run !== state.run) return state;
      // A run that is come back to has its weights already.
      return { ...state, ...message.facts, ...(state.weights === null ? message.first : {}) };
    case 'told':
      return message.run === state.run ? { ...state, status: message.status, means: message.means } : state;
    case 'answers':
      return message.run === state.run ? { ...state, answers: message.answers, fixedAnswers: message.fixedAnswers } : state;
    case 'trainer':
      return message.message.run === state.run ? afterTrainer(state, message.message) : state;
    default:
      return unreachable(message);
  }
}

/** The part of a state that belongs to its run. @param {RunState} state @returns {RunState} */
function runOf(state) {
  const run = freshRun(state.run, state.settings);
  for (const key of Object.keys(run)) Object.assign(run, { [key]: state[/** @type {keyof RunState} */ (key)] });
  return run;
}

/** @param {State} state @param {FromWorker} message @returns {State} */
function afterTrainer(state, message) {
  switch (message.kind) {
    case 'ready':
    case 'replaying':
      return state;
    case 'state': {
      const isReached = message.step >= (state.jumpTo ?? state.end);
      const losses = message.losses.length > 0 ? extended(state.losses, 2 * (message.firstLoss - 1), message.losses) : state.losses;
      return {
        ...state,
        losses,
        readings: withReadings(state.readings, message.readings),
        unread: withUnread(state, message.unread),
        // A visit can overtake the last steps of training: their losses come with it.
        furthest: Math.max(state.furthest, message.step, losses.length / 2),
        step: message.step,
        visiting: message.step === state.visiting ? null : state.visiting,
        weights: message.weights,
        fingerprint: message.fingerprint,
        stepsPerSecond: message.stepsPerSecond,
        isTraining: state.isTraining && !isReached,
        jumpTo: isReached ? null : state.jumpTo,
        notice: state.notice?.isPassing === true ? null : state.notice,
      };
    }
    case 'reading': {
      const { reading } = message;
      // A reader that was started again may have read it before.
      if (!state.unread.has(reading.step)) return state;
      const unread = new Map(state.unread);
      unread.delete(reading.step);
      return { ...state, unread, readings: withReadings(state.readings, [reading]) };
    }
    case 'weights':
      return { ...state, kept: new Map(state.kept).set(message.step, message.weights) };
    case 'broken':
      return { ...state, isTraining: false, jumpTo: null, brokenStep: message.step };
    case 'failed':
      return { ...state, isTraining: false, jumpTo: null, notice: { text: message.detail, offer: null, label: '' } };
    default:
      return unreachable(message);
  }
}

/** What waits to be read, and more of it. @param {State} state @param {readonly import('../engine/messages.js').Unread[]} more @returns {State['unread']} */
function withUnread({ readings, unread }, more) {
  const fresh = notRead(readings, more);
  return fresh.length === 0 ? unread : new Map([...unread, ...fresh.map(({ step, weights }) => /** @type {const} */ ([step, weights]))]);
}

/** @param {never} message @returns {never} */
function unreachable(message) {
  throw new Error(`update: no such message: ${JSON.stringify(message)}`);
}
