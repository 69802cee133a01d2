// Losses read beside the training: the same numbers as the trainer's own, whenever they come, and none of them lost.
//   GPTOSAURUS_WASM=engine.wasm node --test Tests/js/
import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { defaults, isRead } from '../../Web/core/state.js';
import { isReadingStep, READER_ROOM } from '../../Web/core/timeline.js';
import { update } from '../../Web/core/update.js';
import { createReader } from '../../Web/engine/reader.js';
import { createTrainerLink } from '../../Web/page/trainer-link.js';
import { dinosaurs } from '../wasm/engine.mjs';
import { dice, module, shuffled, statesAt, trainerHarness } from './harness.mjs';

const LAST = 500;
const STEPS = Array.from({ length: LAST + 1 }, (_, step) => step).filter(isReadingStep);
const WEIGHTS = statesAt([0]).get(0).alone.byteLength;

/** What the trainer tells of a run, by the bytes of weights that a reader takes. */
function told(readerRoom) {
  const trainer = trainerHarness();
  trainer.start({}, null, 1, readerRoom);
  trainer.trainTo(LAST);
  return trainer.states();
}
const ownReadings = told(0).flatMap(({ readings }) => readings);
const unread = told(Infinity).flatMap((state) => state.unread);

/** Milliseconds that pass in a reading, by the reader's clock. */
const READING = 10;

/** A reader whose turns are taken by hand. */
function readerHarness() {
  const posted = [];
  const turns = [];
  /** How long it waits for each of its turns. */
  const waits = [];
  let time = 0;
  const send = createReader(module, (message) => {
    time += READING;
    posted.push(message);
  }, (turn, wait) => {
    turns.push(turn);
    waits.push(wait);
  }, () => time);
  return {
    posted,
    send,
    waits,
    rest: (rests, run = 1) => send({ kind: 'rest', run, rests }),
    start: (run = 1, settings = {}) => send({ kind: 'start', run, names: dinosaurs(), settings: { ...DEFAULT_SETTINGS, ...settings } }),
    read: (one, run = 1) => send({ kind: 'read', run, unread: one }),
    /** One turn; whether there was one. */
    turn() {
      const turn = turns.shift();
      turn?.();
      return turn !== undefined;
    },
  };
}

/** The state of a page that was told of unread weights. */
const waiting = (state, more) => update(state, {
  kind: 'trainer',
  message: {
    kind: 'state', run: state.run, step: LAST, weights: Float32Array.of(1), fingerprint: '', firstLoss: 1, losses: new Float64Array(0), readings: [],
    unread: more, stepsPerSecond: NaN,
  },
});
const read = (state, message) => update(state, { kind: 'trainer', message });

test('a reader has the trainer’s own readings, in whatever order they come', () => {
  assert.deepEqual(ownReadings.map(({ step }) => step), STEPS);
  assert.deepEqual(unread.map(({ step }) => step), STEPS);
  for (const seed of [1, 2]) {
    const reader = readerHarness();
    reader.start();
    const roll = dice(seed);
    for (const one of shuffled(unread, roll)) reader.read(one);
    while (reader.turn());
    const state = shuffled(reader.posted, roll).reduce((page, message) => {
      assert.ok(!isRead(page));
      return read(page, message);
    }, waiting(defaults(), unread));
    assert.deepEqual(state.readings, ownReadings);
    assert.ok(isRead(state) && state.unread.size === 0);
  }
});

test('where more wait than the room holds, the trainer reads for itself: each step once, the same numbers', () => {
  for (const room of [WEIGHTS - 1, WEIGHTS, 3 * WEIGHTS + 1]) {
    const most = Math.floor(room / WEIGHTS);
    const trainer = trainerHarness();
    trainer.start({}, null, 1, room);
    // A page whose reader never reads.
    let kept = 0;
    trainer.send({ kind: 'trainTo', run: 1, step: LAST });
    do {
      kept = trainer.states().reduce((sum, state) => sum + state.unread.length, 0);
      trainer.send({ kind: 'received', run: 1, unread: kept });
    } while (trainer.turn());
    const states = trainer.states();
    assert.equal(kept, most, `${room} bytes`);
    const own = states.flatMap(({ readings }) => readings);
    assert.deepEqual([...own, ...states.flatMap((state) => state.unread)].map(({ step }) => step).sort((a, b) => a - b), STEPS);
    assert.deepEqual(own, ownReadings.filter(({ step }) => own.some((one) => one.step === step)));
  }
});

test('what was read makes room again', () => {
  const trainer = trainerHarness();
  trainer.start({}, null, 1, 4 * WEIGHTS);
  trainer.send({ kind: 'trainTo', run: 1, step: LAST });
  do trainer.send({ kind: 'received', run: 1, unread: 0 });
  while (trainer.turn());
  assert.ok(trainer.states().flatMap((state) => state.unread).length > 4);
});

test('a reader leaves what is left of another run', () => {
  const reader = readerHarness();
  reader.start(1);
  for (const one of unread.slice(0, 3)) reader.read(one);
  reader.turn();
  reader.start(2, { seed: 43 });
  reader.read(unread[1], 1);
  reader.read(unread[1], 2);
  while (reader.turn());
  assert.deepEqual(reader.posted.map(({ run, reading }) => [run, reading.step]), [[1, 0], [2, 1]]);
  assert.notEqual(reader.posted[1].reading.loss, ownReadings[1].loss, 'other names are held out');
});

test('while something trains, a reader rests three times as long as it read; else it goes on at once', () => {
  const reader = readerHarness();
  reader.start();
  reader.rest(true);
  for (const one of unread.slice(0, 3)) reader.read(one);
  assert.deepEqual(reader.waits, [0], 'nothing was read yet');
  reader.turn();
  assert.deepEqual(reader.waits, [0, 3 * READING]);
  reader.read(unread[3]);
  assert.equal(reader.waits.length, 2, 'what comes in a rest waits for its end');
  reader.rest(false);
  while (reader.turn());
  assert.deepEqual(reader.waits, [0, 3 * READING, 0, 0, 0]);
  assert.deepEqual(reader.posted.map(({ reading }) => reading), ownReadings.slice(0, 4));
});

test('a reader does not rest while more than half of its room is taken', () => {
  const half = Math.floor(READER_ROOM / WEIGHTS / 2);
  const reader = readerHarness();
  reader.start();
  reader.rest(true);
  for (let i = 0; i < half + 2; i += 1) reader.read(unread[0]);
  reader.turn();
  assert.equal(reader.waits.at(-1), 0);
  reader.turn();
  assert.equal(reader.waits.at(-1), 3 * READING);
});

test('a reading that comes twice, or of a run that is not on show, changes nothing', () => {
  const message = { kind: 'reading', run: 1, reading: ownReadings[0] };
  const state = read(waiting(defaults(), unread.slice(0, 1)), message);
  assert.equal(read(state, message), state);
  const other = update(state, { kind: 'newRun', settings: DEFAULT_SETTINGS });
  assert.equal(read(other, message), other);
});

test('only what comes after the step on show may be unread', () => {
  const state = { ...defaults({ step: 10 }), unread: new Map([[20, Float32Array.of(1)]]) };
  assert.ok(isRead(state));
  assert.ok(!isRead({ ...state, step: 20 }));
});

/** A page's end of the Workers, where the Workers only note what they are told. */
function linkHarness() {
  const workers = [];
  let state = defaults({ weights: Float32Array.of(1) });
  const deaths = [];
  class NotingWorker extends EventTarget {
    told = [];
    isGone = false;
    constructor() {
      super();
      workers.push(this);
    }
    postMessage(message) {
      this.told.push(message);
    }
    terminate() {
      this.isGone = true;
    }
    say(message) {
      this.dispatchEvent(Object.assign(new Event('message'), { data: message }));
    }
    die() {
      this.dispatchEvent(new Event('error'));
    }
  }
  const link = createTrainerLink(module, () => new NotingWorker(), (message) => {
    state = update(state, { kind: 'trainer', message });
  }, (isHopeless) => {
    deaths.push(isHopeless);
    if (!isHopeless) link.begin(state, dinosaurs());
  });
  const page = {
    deaths,
    begin: () => link.begin(state, dinosaurs()),
    restReader: link.restReader,
    change(message) {
      state = update(state, message);
    },
    read: () => state,
    trainer: () => workers.findLast(({ told: [first] }) => first.isReader === false),
    readers: () => workers.filter(({ told: [first] }) => first.isReader === true),
    reader: () => page.readers().at(-1),
    /** Runs and steps that a reader was given. */
    given: (worker) => worker.told.filter(({ kind }) => kind === 'read').map(({ run, unread: { step } }) => [run, step]),
    hands(...steps) {
      page.trainer().say({
        kind: 'state', run: state.run, step: LAST, weights: Float32Array.of(1), fingerprint: '', firstLoss: 1, losses: new Float64Array(0),
        readings: [], unread: steps.map((step) => ({ step, weights: Float32Array.of(step) })), stepsPerSecond: NaN,
      });
    },
    reads: (step, run = state.run) => page.reader().say({ kind: 'reading', run, reading: { step, loss: 3, shown: 3 } }),
  };
  return page;
}

test('the reader is made when there is something to read, and gets each step once', () => {
  const page = linkHarness();
  page.begin();
  page.hands();
  assert.equal(page.readers().length, 0);
  page.hands(0, 1);
  page.hands(4);
  assert.deepEqual(page.reader().told.map(({ kind }) => kind), [undefined, 'start', 'rest', 'read', 'read', 'read']);
  assert.deepEqual(page.given(page.reader()), [[1, 0], [1, 1], [1, 4]]);
  page.reads(0);
  assert.deepEqual([...page.read().unread.keys()], [1, 4]);
});

test('a reader that dies is replaced, and reads what was not read; so does the old one when the trainer dies', () => {
  const page = linkHarness();
  page.begin();
  page.hands(0, 1, 4);
  page.reads(0);
  const first = page.reader();
  first.die();
  assert.ok(first.isGone);
  assert.deepEqual(page.given(page.reader()), [[1, 1], [1, 4]]);
  page.reads(1);
  page.trainer().die();
  assert.deepEqual(page.reader().told.slice(-2).map(({ kind }) => kind), ['start', 'read']);
  assert.deepEqual(page.given(page.reader()).at(-1), [1, 4]);
  assert.equal(page.readers().length, 2);
  page.reads(4);
  assert.deepEqual(page.read().readings.map(({ step }) => step), [0, 1, 4]);
  assert.deepEqual(page.deaths, [false, false]);
});

test('a reader knows whether something trains, and is told when that changes', () => {
  const page = linkHarness();
  const rests = () => page.reader().told.filter(({ kind }) => kind === 'rest').map((message) => message.rests);
  page.restReader(true);
  page.begin();
  page.restReader(true);
  page.hands(0);
  page.restReader(true);
  assert.deepEqual(rests(), [true]);
  page.restReader(false);
  page.restReader(false);
  assert.deepEqual(rests(), [true, false]);
  page.reader().die();
  assert.deepEqual(rests(), [false]);
});

test('a reader that always dies is given up, however much the trainer says', () => {
  const page = linkHarness();
  page.begin();
  page.hands(0);
  for (let death = 0; death < 3; death += 1) {
    page.trainer().say({ kind: 'ready', run: 1 });
    page.reader().die();
  }
  assert.deepEqual(page.deaths, [false, false, true]);
});

test('a run that is come back to has the rest of its readings too', () => {
  const page = linkHarness();
  page.begin();
  page.hands(0, 1, 4);
  page.reads(0);
  page.change({ kind: 'newRun', settings: { ...DEFAULT_SETTINGS, seed: 43 } });
  page.begin();
  page.hands(0);
  page.reads(1, 1);
  assert.deepEqual([page.read().readings, [...page.read().unread.keys()]], [[], [0]]);
  page.change({ kind: 'back' });
  page.begin();
  assert.deepEqual(page.given(page.reader()).slice(-2), [[3, 1], [3, 4]]);
  page.reads(1);
  page.reads(4);
  assert.deepEqual(page.read().readings.map(({ step }) => step), [0, 1, 4]);
  page.change({ kind: 'back' });
  page.begin();
  assert.deepEqual(page.given(page.reader()).at(-1), [4, 0]);
});
