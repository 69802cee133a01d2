// The numbers of the lesson sheet: the default run, trained from its first step to its last.

import { largestPlace } from '../core/largest.js';
import { DEFAULT_SETTINGS } from '../core/settings.js';
import { AGES, RUN_LENGTH, isReadingStep, nextStop } from '../core/timeline.js';
import { createEngine } from './engine.js';
import { measureLoss, measureWorthsOf } from './measuring.js';

/** @typedef {Awaited<ReturnType<typeof lessonNumbers>>} LessonNumbers */

/** What the sheet asks for. */
const LESSON_TEXT = 'stego';
const LESSON_LETTER = 'q';
const LESSON_TEMPERATURE = 0.8;
/** Names rolled with heads and without, as many as the lab's figure rolls. */
const LESSON_NAMES = 1000;

/**
 * @param {WebAssembly.Module} module @param {Uint8Array} names
 * @param {(step: number) => Promise<void>} breathe told how far it is; resolves when the page had its turn
 */
export async function lessonNumbers(module, names, breathe) {
  const engine = createEngine(module);
  const { seed } = DEFAULT_SETTINGS;
  engine.start(names, DEFAULT_SETTINGS);
  const shape = engine.shape();
  const letter = shape.letters.indexOf(LESSON_LETTER);
  const pairs = engine.facts().pairs.slice(letter * shape.vocabSize, (letter + 1) * shape.vocabSize);
  const follower = largestPlace(pairs);

  const readings = [{ step: 0, loss: engine.heldOutLoss() }];
  const ages = [];
  for (;;) {
    const step = engine.step();
    if (AGES.includes(step)) {
      const [name] = engine.generate(0, 1, seed, LESSON_TEMPERATURE);
      ages.push({ step, name: name ?? { text: '', ended: true }, loss: readings[readings.length - 1]?.loss ?? NaN });
    }
    if (step >= RUN_LENGTH) break;
    engine.train(Math.min(RUN_LENGTH, nextStop(step)));
    if (isReadingStep(engine.step())) readings.push({ step: engine.step(), loss: engine.heldOutLoss() });
    await breathe(engine.step());
  }
  const { uniform, unigram, bigram, trigram } = shape.baselines;
  const rungs = Object.entries({ uniform, unigram, bigram, trigram }).map(([rung, loss]) => ({
    rung, loss, step: readings.find((reading) => reading.loss < loss)?.step ?? null,
  }));

  const look = engine.look(LESSON_TEXT);
  const { shares, logs } = engine.shares(1, 0, 1);
  const favourite = largestPlace(shares);
  const positions = look.positions;
  const row = look.attention[0]?.subarray((positions - 1) * positions, positions * positions) ?? new Float32Array(0);
  const key = largestPlace(row);

  const saurus = () => engine.generate(0, LESSON_NAMES, seed, LESSON_TEMPERATURE).filter(({ text, ended }) => ended && text.endsWith('saurus')).length / LESSON_NAMES;
  const heads = Array.from({ length: shape.nLayer * shape.nHead }, (_, head) => head);
  const portions = { parameters: shape.parameters, show: () => {}, breathe: () => breathe(RUN_LENGTH) };
  const worths = await measureWorthsOf(engine, heads.map((head) => [head]), portions);
  const best = largestPlace(worths);
  const withHeads = saurus();
  engine.switchOff(heads);
  const without = saurus();
  engine.switchOff([]);
  const lossWithout = await measureLoss(engine, heads, portions);

  const nameOf = (/** @type {number} */ token) => shape.letters[token] ?? null;
  return {
    seed, heldOut: shape.heldOut, ages, rungs, fingerprint: engine.fingerprint(),
    follows: { letter: LESSON_LETTER, follower: nameOf(follower), count: pairs[follower] ?? 0, all: pairs.reduce((sum, count) => sum + count, 0) },
    next: { text: LESSON_TEXT, favourite: nameOf(favourite), share: shares[favourite] ?? NaN, loss: -(logs[favourite] ?? NaN) },
    look: { asking: LESSON_TEXT.slice(-1), key: key === 0 ? null : LESSON_TEXT[key - 1] ?? null, isItself: key === positions - 1, share: row[key] ?? NaN },
    saurus: { withHeads, without, count: LESSON_NAMES },
    worth: { layer: Math.floor(best / shape.nHead), head: best % shape.nHead, worth: worths[best] ?? NaN, loss: engine.heldOutLoss(), without: lossWithout },
  };
}
