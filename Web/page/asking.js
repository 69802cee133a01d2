// Asks the inspector what the views in sight want to know, each question once, all about the same step.

import { isCalm, isPatient } from '../core/questions.js';
import { versionOf } from '../core/state.js';
import { EngineError } from '../engine/memory.js';

/** @typedef {import('../core/questions.js').AnyQuestion} AnyQuestion */
/** @typedef {import('../core/state.js').State} State */
/** @typedef {import('../core/update.js').Message} Message */
/** @typedef {import('../engine/inspector.js').Inspector} Inspector */

/** Milliseconds between two answers that are read rather than watched, while it trains. */
const CALM_PERIOD = 500;

/**
 * @param {Inspector} inspector
 * @param {() => State} read the state
 * @param {(message: Message) => void} dispatch
 * @param {(step: number) => void} fetchWeights asks the trainer for the weights of a step
 * @param {() => number} now milliseconds
 */
export function createAsking(inspector, read, dispatch, fetchWeights, now) {
  /** What each answer is about. @type {Map<string, string>} */
  const versions = new Map();
  /** Questions that are being answered in portions. @type {Set<string>} */
  const underWay = new Set();
  /** @type {Set<string>} */
  const fetched = new Set();
  let calmSince = -Infinity;

  /** @param {AnyQuestion} asked @param {State} state @returns {{ weights: Float32Array, step: number } | null} */
  function subjectOf(asked, state) {
    if (asked.at === null) return state.weights === null ? null : { weights: state.weights, step: state.step };
    const weights = state.kept.get(asked.at);
    if (weights !== undefined) return { weights, step: asked.at };
    const key = `${state.run}/${asked.at}`;
    if (asked.at <= state.furthest && !fetched.has(key)) {
      fetched.add(key);
      fetchWeights(asked.at);
    }
    return null;
  }

  /** @param {AnyQuestion} asked @param {State} state @param {boolean} isCalmTime @returns {boolean} */
  function isDue(asked, state, isCalmTime) {
    if (underWay.has(asked.key)) return false;
    if (asked.at !== null) return !state.fixedAnswers.has(asked.key);
    if (versions.get(asked.key) === versionOf(state)) return false;
    if (!state.isTraining) return true;
    return !isPatient(asked) && (isCalmTime || !isCalm(asked) || !state.answers.has(asked.key));
  }

  /** The answer, or undefined where the engine refuses: a text can be ahead of the model that it is for. @param {AnyQuestion} asked @param {{ weights: Float32Array, step: number }} subject */
  function answerOf(asked, subject) {
    try {
      return inspector.answer(asked, subject);
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }

  /** Waits for an answer that comes in portions. If the page went on meanwhile it is dropped, but told: the page asks again. @param {AnyQuestion} asked @param {Promise<unknown>} promise @param {State} then the state it was asked in */
  async function awaitPortions(asked, promise, then) {
    underWay.add(asked.key);
    /** @type {unknown} */
    let answer;
    try {
      answer = await promise;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    } finally {
      underWay.delete(asked.key);
    }
    const state = read();
    const isLate = state.run !== then.run || (asked.at === null && versionOf(state) !== versionOf(then));
    put(state, isLate ? [] : [[asked, answer]], null);
  }

  /**
   * @param {State} state @param {readonly (readonly [AnyQuestion, unknown])[]} found
   * @param {ReadonlySet<string> | null} wanted the answers to keep; null keeps all
   */
  function put(state, found, wanted) {
    const answers = new Map(state.answers);
    const fixedAnswers = new Map(state.fixedAnswers);
    for (const key of wanted === null ? [] : [...answers.keys()].filter((known) => !wanted.has(known))) {
      answers.delete(key);
      versions.delete(key);
    }
    for (const [asked, answer] of found) {
      (asked.at === null ? answers : fixedAnswers).set(asked.key, answer);
      versions.set(asked.key, versionOf(state));
    }
    dispatch({ kind: 'answers', run: state.run, answers, fixedAnswers });
  }

  return {
    /** Asks what is not known yet of the step on show. @param {readonly AnyQuestion[]} questions @returns {boolean} whether there are new answers */
    ask(questions) {
      const state = read();
      if (state.shape === null) return false;
      const isCalmTime = now() - calmSince >= CALM_PERIOD;
      /** @type {[AnyQuestion, unknown][]} */
      const found = [];
      for (const asked of new Map(questions.map((one) => [one.key, one])).values()) {
        if (!isDue(asked, state, isCalmTime)) continue;
        const subject = subjectOf(asked, state);
        if (subject === null) continue;
        const answer = answerOf(asked, subject);
        if (answer instanceof Promise) void awaitPortions(asked, answer, state);
        else found.push([asked, answer]);
      }
      if (found.length === 0) return false;
      if (isCalmTime) calmSince = now();
      put(state, found, new Set(questions.map(({ key }) => key)));
      return true;
    },

    /** Forgets everything: another run begins. */
    forget() {
      versions.clear();
      fetched.clear();
    },
  };
}
