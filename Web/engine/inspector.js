// The inspector: the page's own instance of the engine, for questions. It holds the weights of one state at a time and never
// trains. Its answers are promises: what takes long is answered in portions, with room for the page between them.

import { largestPlace } from '../core/largest.js';
import { partsOff } from '../core/switches.js';
import { createEngine } from './engine.js';
import { measureHeads, measureHeldOut, measureLoss, measureWorths, measureWorthsOf, namesAtOnce } from './measuring.js';

/** @typedef {import('../core/questions.js').AnyQuestion} AnyQuestion */
/** @typedef {import('../core/settings.js').Settings} Settings */
/** @typedef {import('./messages.js').Facts} Facts */
/** @typedef {import('./messages.js').Shape} Shape */
/** @typedef {ReturnType<typeof createInspector>} Inspector */
/** @typedef {{ weights: Float32Array, step: number }} Shown */

/** Names made at once: the most, and the fewest, as a few are made side by side. */
const MOST_MADE = 96;
const FEWEST_MADE = 4;

/**
 * @param {WebAssembly.Module} module
 * @param {() => Promise<void>} breathe resolves when the page had its turn
 */
export function createInspector(module, breathe) {
  const engine = createEngine(module);
  /** @type {Shape | null} */
  let shape = null;
  /** @type {readonly string[]} */
  let list = [];
  /** @type {Float32Array | null} */
  let shown = null;
  /** The text of the engine's last look at the weights shown. @type {string | null} */
  let looked = null;
  /** The text whose last look went backwards too. @type {string | null} */
  let backed = null;
  /** @type {import('./messages.js').Look | null} */
  let lastLook = null;

  /** @param {Shown} state */
  function show({ weights, step }) {
    if (weights === shown) return;
    engine.load(weights, step);
    shown = weights;
    looked = null;
  }

  /** @param {string} text @returns {import('./messages.js').Look} */
  function look(text) {
    if (looked !== text || lastLook === null) {
      lastLook = engine.look(text);
      looked = text;
      backed = null;
    }
    return lastLook;
  }

  /** A look with gradients. @param {string} text @returns {number} positions */
  function lookBack(text) {
    const { positions } = look(text);
    if (backed !== text) engine.lookBack(text);
    backed = text;
    return positions;
  }

  /**
   * Runs `body` with parts switched off.
   * @template T
   * @param {string} off @param {() => T} body @returns {T}
   */
  function without(off, body) {
    if (off === '') return body();
    engine.switchOff(partsOff(off, shape));
    try {
      return body();
    } finally {
      engine.switchOff([]);
    }
  }

  /** @param {Shown} state @returns {import('./measuring.js').Portions} */
  const portions = (state) => ({ parameters: shape?.parameters ?? 1, show: () => show(state), breathe });

  /** @param {Shown} state */
  const heldOut = (state) => measureHeldOut(engine, shape?.heldOut ?? 0, portions(state));

  /** @param {number} count @param {number} seed @param {number} temperature @param {string} off @param {Shown} state */
  async function manyNames(count, seed, temperature, off, state) {
    const names = [];
    const portion = Math.max(FEWEST_MADE, namesAtOnce(shape?.parameters ?? 1, MOST_MADE));
    for (let first = 0; first < count; first += portion) {
      show(state);
      names.push(...without(off, () => engine.generate(first, Math.min(portion, count - first), seed, temperature)));
      await breathe();
    }
    return names;
  }

  /** @param {Shown} state */
  async function bestHead(state) {
    const { nLayer, nHead } = shape ?? { nLayer: 0, nHead: 0 };
    const worths = await measureWorthsOf(engine, Array.from({ length: nLayer * nHead }, (_, head) => [head]), portions(state));
    const best = largestPlace(worths);
    return { layer: Math.floor(best / nHead), head: best % nHead, worth: worths[best] ?? NaN };
  }

  return {
    /**
     * Starts a run: what stays the same in it, and its first state.
     * @param {Uint8Array} names @param {Settings} settings
     * @returns {{ facts: { shape: Shape, facts: Facts, list: string[], isHeldOut: boolean[] }, first: { weights: Float32Array, fingerprint: string } }}
     */
    start(names, settings) {
      engine.start(names, settings);
      shape = engine.shape();
      shown = null;
      looked = null;
      const all = engine.list(shape.training + shape.heldOut);
      list = all.list;
      return { facts: { shape, facts: engine.facts(), ...all }, first: { weights: engine.save(3), fingerprint: engine.fingerprint() } };
    },

    /** What a run would be; the one on show stays. @param {Uint8Array} names @param {Settings} settings */
    plan: (names, settings) => engine.plan(names, settings),

    /** Fits the letters' map to the weights of the next milestone. @param {Shown} state */
    fitMap(state) {
      show(state);
      engine.fitMap();
    },

    /** @param {readonly { step: number, loss: number }[]} readings @param {number | null} brokenStep */
    status: (readings, brokenStep) => engine.status(readings, brokenStep),

    /** @param {Float64Array} losses @param {number} first @param {number} last */
    rollingMeans: (losses, first, last) => engine.rollingMeans(losses, first, last),

    /** Answers a question about a state. @param {AnyQuestion} question @param {Shown} state @returns {unknown} a promise where it takes long */
    answer(question, state) {
      show(state);
      switch (question.kind) {
        case 'look':
          return look(...question.of);
        case 'shares': {
          const [text, ...cut] = question.of;
          look(text);
          return engine.shares(...cut);
        }
        case 'averageAttention':
          return engine.averageAttention(look(...question.of).positions);
        case 'workedOut': {
          const [text, ...where] = question.of;
          look(text);
          return engine.workedOut(...where);
        }
        case 'merge': {
          const [text, ...where] = question.of;
          look(text);
          return engine.merge(...where);
        }
        case 'pass':
          return engine.passRows(look(...question.of).positions, false);
        case 'passBack': {
          const positions = lookBack(...question.of);
          return { rows: engine.passRows(positions, true), tensors: engine.gradients() };
        }
        case 'passCell': {
          const [text, ...where] = question.of;
          look(text);
          return engine.passCell(...where);
        }
        case 'passGradient': {
          const [text, ...where] = question.of;
          lookBack(text);
          return engine.gradientOfWeight(...where);
        }
        case 'names': {
          const [first, count, seed, temperature, prefix, off, ...cut] = question.of;
          return without(off, () => engine.generate(first, count, seed, temperature, prefix, ...cut));
        }
        case 'manyNames':
          return manyNames(...question.of, state);
        case 'nearest': {
          const { place, distance } = engine.nearest(...question.of);
          return { text: list[place] ?? '', distance };
        }
        case 'tensor':
          return engine.tensor(...question.of);
        case 'letterMap':
          return engine.letterMap(state.step);
        case 'nearestLetters':
          return engine.nearestLetters(...question.of);
        case 'next':
          looked = null;
          return engine.next();
        case 'weightOfNext':
          looked = null;
          engine.next();
          return engine.weightOfNext(...question.of);
        case 'heldOutLoss':
          return heldOut(state).then(({ loss }) => loss);
        case 'heldOutError':
          return heldOut(state).then((measured) => ({ step: state.step, ...measured }));
        case 'lossOff':
          return measureLoss(engine, partsOff(...question.of, shape), portions(state));
        case 'worths':
          return measureWorths(engine, shape ?? { nLayer: 0, nHead: 0 }, portions(state));
        case 'headTable':
          return measureHeads(engine, ...question.of, portions(state));
        case 'bestHead':
          return bestHead(state);
        default:
          throw new Error(`inspector: no such question: ${JSON.stringify(question)}`);
      }
    },
  };
}
