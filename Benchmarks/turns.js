// The engine and the yardstick, both as WebAssembly, by turns in one thread: in node and in a browser's Worker.

/**
 * @typedef {object} Turns what to measure
 * @property {BufferSource} engine the engine's module
 * @property {BufferSource} yardstick the yardstick's module
 * @property {{ list: string[], names: string[], training: number, settings: number[] }} run names in the run's order, those to train on first; what `start` takes
 * @property {number} steps to train
 * @property {string[]} rows which of `rows` below
 * @property {() => number} clock milliseconds
 */

/** A name's bytes in the yardstick. */
const SLOT = 24;
/** Names generated at once, and names measured at once, as the page does it. */
const GENERATED_AT_ONCE = 96;
const MEASURED_AT_ONCE = 8;
/** Names of a slice. */
const LOOKED_AT_ONCE = 40;
const REPORTED_AT_ONCE = 24;
const TEMPERATURE = 0.8;
/**
 * A slice of work takes a millisecond or two where it can be cut: less than a busy system gives a thread before another has its
 * turn. The median is then of slices that ran undisturbed, also by the clock on the wall.
 */
const STEPS_AT_ONCE = 20;

/** @param {number[]} numbers */
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

/** @param {() => number} clock @param {() => void} body @returns {number} milliseconds */
function time(clock, body) {
  const start = clock();
  body();
  return clock() - start;
}

/**
 * A module's memory and functions.
 * @template {string} Name
 * @typedef {{ memory: WebAssembly.Memory } & Record<Name, (...values: number[]) => number>} Exports
 */

/** @param {BufferSource} bytes @returns {Promise<any>} the exports */
async function instance(bytes) {
  return (await WebAssembly.instantiate(bytes, {})).instance.exports;
}

/** @param {Turns} turns */
async function makeEngine({ engine, run }) {
  /** @type {Exports<'allocate' | 'release' | 'start' | 'train' | 'generate' | 'look' | 'beginReport' | 'addToReport' | 'endReport' | 'heldOutLoss' | 'blockFloats'>} */
  const exports = await instance(engine);
  const text = new TextEncoder().encode(run.list.join('\n'));
  return {
    exports,
    start() {
      const at = exports.allocate(text.length);
      new Uint8Array(exports.memory.buffer, at, text.length).set(text);
      const names = exports.start(at, text.length, ...run.settings);
      exports.release(at);
      if (names !== run.names.length) throw new Error(`the engine took ${names} names of ${run.names.length}`);
    },
    /** @param {number} first @param {number} count @returns {number} letters and ends made */
    generate(first, count) {
      const from = exports.generate(first, count, 42, TEMPERATURE, 0, 1, 0, 0);
      const words = new Uint32Array(exports.memory.buffer, from);
      let letters = 0;
      for (let name = 0, at = 0; name < count; name += 1) {
        letters += (words[at] ?? 0) + 1;
        at += 4 + (words[at] ?? 0);
      }
      return letters;
    },
    /** Puts texts into memory. @param {string[]} texts @returns {{ at: number, count: number }[]} where they stand */
    place(texts) {
      return texts.map((letters) => {
        const at = exports.allocate(4 * letters.length);
        new Uint32Array(exports.memory.buffer, at, letters.length).set(Array.from(letters, (letter) => letter.charCodeAt(0)));
        return { at, count: letters.length };
      });
    },
  };
}

/** @param {Turns} turns */
async function makeYardstick({ yardstick, run }) {
  /** @type {Exports<'names' | 'lens' | 'randominit' | 'setup' | 'train' | 'genmany' | 'forward'>} */
  const exports = await instance(yardstick);
  exports.randominit(42);
  return {
    exports,
    /** @param {string[]} names */
    fill(names) {
      const bytes = new Uint8Array(exports.memory.buffer, exports.names(), SLOT * names.length);
      const lengths = new Uint8Array(exports.memory.buffer, exports.lens(), names.length);
      for (const [index, name] of names.entries()) {
        lengths[index] = Math.min(name.length, SLOT - 1);
        for (let i = 0; i < name.length && i < SLOT - 1; i += 1) bytes[SLOT * index + i] = name.charCodeAt(i);
      }
    },
    start: () => exports.setup(run.training),
  };
}

/**
 * @typedef {object} Row
 * @property {number} slices
 * @property {(slice: number) => number | void} ours returns how much it did, else 1
 * @property {(slice: number) => number | void} theirs
 * @property {boolean} [isTime] whether the ratio is one of times, else one of speeds
 * @property {() => void} [begin]
 * @property {() => void} [end]
 */

/**
 * Both by turns, slice after slice, each first in every other one: the median of the slices' ratios.
 * @param {() => number} clock @param {Row} row @param {number} slices
 */
function ratio(clock, { ours, theirs, isTime }, slices) {
  const ratios = [];
  for (let slice = 0; slice < slices; slice += 1) {
    const seconds = [0, 0];
    const did = [1, 1];
    for (const turn of [slice % 2, 1 - (slice % 2)]) {
      seconds[turn] = time(clock, () => { did[turn] = [ours, theirs][turn]?.(slice) ?? 1; });
    }
    const [our = NaN, their = NaN] = seconds.map((all, turn) => all / (did[turn] ?? NaN));
    ratios.push(isTime ? our / their : their / our);
  }
  return median(ratios);
}

/** @param {Turns} turns @returns {Promise<Record<string, number>>} by row; `bytes…`: memory */
export async function takeTurns(turns) {
  const { run, clock, steps } = turns;
  const engine = await makeEngine(turns);
  const yardstick = await makeYardstick(turns);
  const ours = engine.exports;
  const theirs = yardstick.exports;
  const horizon = 5000;
  /** @type {Record<string, number>} */
  const found = {};

  engine.start();
  found.bytesAtStart = ours.memory.buffer.byteLength;
  for (let step = STEPS_AT_ONCE; step <= 1000; step += STEPS_AT_ONCE) ours.train(step);
  found.bytesAfterTraining = ours.memory.buffer.byteLength;
  found.bytesOfState = 3 * 4 * ours.blockFloats();
  yardstick.fill(run.names);
  yardstick.start();
  theirs.train(1000, horizon);

  const short = run.names.filter((name) => name.length <= 17);
  const looks = engine.place(short);
  const heldOut = run.names.length - run.training;
  const lookSlices = Math.floor(short.length / LOOKED_AT_ONCE);
  /** @param {number} slice */
  const lookAt = (slice) => {
    const first = LOOKED_AT_ONCE * (slice % lookSlices);
    for (const { at, count } of looks.slice(first, first + LOOKED_AT_ONCE)) ours.look(at, count);
  };
  const reportSlices = Math.floor(run.names.length / REPORTED_AT_ONCE);
  let report = 0;

  /** Each: how many slices, and what both do in a slice. @type {Record<string, Row>} */
  const rows = {
    training: {
      slices: steps / STEPS_AT_ONCE,
      begin() {
        engine.start();
        yardstick.start();
      },
      ours: (slice) => void ours.train(STEPS_AT_ONCE * (slice + 1)),
      theirs: () => void theirs.train(STEPS_AT_ONCE, horizon),
    },
    generation: {
      slices: 60,
      ours: (slice) => engine.generate(slice * GENERATED_AT_ONCE, GENERATED_AT_ONCE),
      theirs: () => theirs.genmany(GENERATED_AT_ONCE, TEMPERATURE),
    },
    look: {
      slices: 2 * lookSlices,
      isTime: true,
      begin: () => yardstick.fill(short),
      ours: lookAt,
      theirs: (slice) => void theirs.forward(LOOKED_AT_ONCE * (slice % lookSlices), LOOKED_AT_ONCE),
      end: () => yardstick.fill(run.names),
    },
    heads: {
      slices: 5 * reportSlices,
      isTime: true,
      begin() { report = ours.beginReport(0); },
      ours(slice) {
        const first = REPORTED_AT_ONCE * (slice % reportSlices);
        for (let more = 0; more < REPORTED_AT_ONCE; more += MEASURED_AT_ONCE) ours.addToReport(report, first + more, MEASURED_AT_ONCE);
      },
      theirs: (slice) => void theirs.forward(REPORTED_AT_ONCE * (slice % reportSlices), REPORTED_AT_ONCE),
      end: () => void ours.endReport(report),
    },
    heldOut: {
      slices: 41,
      isTime: true,
      ours: () => void ours.heldOutLoss(),
      theirs: () => void theirs.forward(run.training, heldOut),
    },
  };
  /** @param {string} name @param {number} share of the slices */
  function measure(name, share) {
    const row = rows[name];
    if (!row) throw new Error(`no row ${name}`);
    row.begin?.();
    const result = ratio(clock, row, Math.round(row.slices * share));
    row.end?.();
    return result;
  }
  // V8 compiles hot functions anew in the background: give it the time.
  for (let round = 0; round < 3; round += 1) {
    for (const name of turns.rows) measure(name, 0.2);
    await new Promise((done) => setTimeout(done, 200));
  }
  for (const name of turns.rows) found[name] = measure(name, 1);
  return found;
}
