// What several tests need: the module, weights of a few steps, a trainer whose turns are taken by hand, dice for seeds.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { createEngine } from '../../Web/engine/engine.js';
import { createTrainer } from '../../Web/engine/trainer.js';
import { dinosaurs } from '../wasm/engine.mjs';

export const module = new WebAssembly.Module(fs.readFileSync(process.env.GPTOSAURUS_WASM ?? ''));

/** Resolves when everything else had its turn. */
export const breathe = () => new Promise((done) => setImmediate(done));

/** Numbers from 0 to 1 by a seed (mulberry32). */
export function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number below `count`. */
export const below = (roll, count) => Math.floor(roll() * count);

/** The same things in another order. */
export function shuffled(things, roll) {
  const all = things.slice();
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = below(roll, i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

/** The states of a straight run at some steps: the whole state, its weights alone, its fingerprint. */
export function statesAt(steps, settings = {}) {
  const engine = createEngine(module);
  engine.start(dinosaurs(), { ...DEFAULT_SETTINGS, ...settings });
  return new Map(steps.map((step) => {
    engine.train(step);
    assert.equal(engine.step(), step);
    return [step, { step, weights: engine.save(3), alone: engine.save(1), fingerprint: engine.fingerprint() }];
  }));
}

/** A trainer whose turns are taken by hand, half a millisecond of its clock after each look at it. */
export function trainerHarness() {
  const posted = [];
  const turns = [];
  let time = 0;
  const send = createTrainer(module, (message) => posted.push(message), (turn) => turns.push(turn), () => (time += 0.5));
  const states = () => posted.filter((message) => message.kind === 'state');
  const harness = {
    posted,
    states,
    send,
    last: () => states().at(-1),
    told: (kind) => posted.filter((message) => message.kind === kind),
    /** `readerRoom`: bytes of weights that a reader takes; without, the trainer reads for itself. */
    start(settings = {}, from = null, run = 1, readerRoom = 0) {
      send({ kind: 'start', run, names: dinosaurs(), settings: { ...DEFAULT_SETTINGS, ...settings }, readerRoom, from });
    },
    /** One turn; whether there was one. */
    turn() {
      const turn = turns.shift();
      turn?.();
      return turn !== undefined;
    },
    /** Lets the trainer work until it rests, taking every state as the page does. */
    settle(run = 1) {
      for (let guard = 0; guard < 100000; guard += 1) {
        send({ kind: 'received', run, unread: 0 });
        if (!harness.turn()) return;
      }
      assert.fail('the trainer never rests');
    },
    trainTo(step) {
      send({ kind: 'trainTo', run: 1, step });
      harness.settle();
    },
    visit(step) {
      send({ kind: 'visit', run: 1, step });
      harness.settle();
    },
  };
  return harness;
}
