// The engine and the yardstick, both as WebAssembly, by turns in one thread: in node and in a browser's Worker.

/**
 * @typedef {object} Turns what to measure
 * @property {BufferSource} engine the engine's module
 * @property {BufferSource} yardstick the yardstick's module
 * @property {{ names: string[], training: number, settings: number[] }} run names in the run's order, those to train on first; what `start` takes
 * @property {number} steps to train in slices of 100
 * @property {string[]} rows which of `rows` below
 * @property {() => number} clock milliseconds
 */

/** A name's bytes in the yardstick. */
const SLOT = 24;
/** Names generated at once, and names measured at once, as the page does it. */
const GENERATED_AT_ONCE = 96;
const MEASURED_AT_ONCE = 8;
const TEMPERATURE = 0.8;

/** @param {number[]} numbers */
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

/** @param {() => number} clock @param {() => void} body @returns {number} milliseconds */
function time(clock, body) {
  const start = clock();
  body();
  return clock() - start;
}

/** @param {BufferSource} bytes */
async function instance(bytes) {
  const made = await WebAssembly.instantiate(bytes, {});
  return /** @type {Record<string, (...values: number[]) => number> & { memory: WebAssembly.Memory }} */ (
    /** @type {unknown} */ (/** @type {{ instance: WebAssembly.Instance }} */ (/** @type {unknown} */ (made)).instance.exports));
}

/** @param {Turns} turns */
async function makeEngine({ engine, run }) {
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
 * Both by turns, slice after slice; the median over slices of (what the engine did / its time) / (the same of the yardstick),
 * or with `isTime` of its time / the yardstick's.
 * @param {() => number} clock @param {number} slices
 * @param {(slice: number) => number | void} ours returns how much it did, else 1 @param {(slice: number) => number | void} theirs
 * @param {boolean} [isTime]
 */
function ratio(clock, slices, ours, theirs, isTime = false) {
  const ratios = [];
  for (let slice = 0; slice < slices; slice += 1) {
    let [did, didTheirs] = [1, 1];
    // Each is first in every other slice.
    const measure = [
      () => time(clock, () => { did = ours(slice) ?? 1; }),
      () => time(clock, () => { didTheirs = theirs(slice) ?? 1; }),
    ];
    const times = [0, 0];
    for (const turn of [slice % 2, 1 - (slice % 2)]) times[turn] = measure[turn]?.() ?? NaN;
    const [time1 = NaN, time2 = NaN] = times;
    ratios.push(isTime ? time1 / time2 : did / time1 / (didTheirs / time2));
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
  ours.train(1000);
  found.bytesAfterTraining = ours.memory.buffer.byteLength;
  found.bytesOfState = 3 * 4 * ours.blockFloats();
  yardstick.fill(run.names);
  yardstick.start();
  theirs.train(1000, horizon);

  const short = run.names.filter((name) => name.length <= 17);
  const looks = engine.place(short);
  /** @param {number} slice */
  const lookAt = (slice) => {
    for (const { at, count } of looks.slice(100 * slice, 100 * slice + 100)) ours.look(at, count);
  };
  const heldOut = run.names.length - run.training;
  const reportOnHeads = () => {
    const report = ours.beginReport(0);
    for (let first = 0; ours.addToReport(report, first, MEASURED_AT_ONCE) > 0; first += MEASURED_AT_ONCE);
    ours.endReport(report);
  };

  /** @type {Record<string, { warmUp: () => void, measure: () => number }>} */
  const rows = {
    training: {
      warmUp: () => {
        const step = ours.step();
        for (let more = 100; more <= 1000; more += 100) {
          ours.train(step + more);
          theirs.train(100, horizon);
        }
      },
      measure() {
        engine.start();
        yardstick.start();
        return ratio(clock, steps / 100, (slice) => void ours.train(100 * slice + 100), () => void theirs.train(100, horizon));
      },
    },
    generation: {
      warmUp: () => [0, 1, 2, 3].forEach((portion) => {
        engine.generate(portion * GENERATED_AT_ONCE, GENERATED_AT_ONCE);
        theirs.genmany(GENERATED_AT_ONCE, TEMPERATURE);
      }),
      measure: () => ratio(
        clock, 40, (slice) => engine.generate(slice * GENERATED_AT_ONCE, GENERATED_AT_ONCE),
        () => theirs.genmany(GENERATED_AT_ONCE, TEMPERATURE)),
    },
    look: {
      warmUp() {
        for (let slice = 0; slice < looks.length / 100; slice += 1) lookAt(slice);
        theirs.forward(0, run.names.length);
      },
      measure() {
        yardstick.fill(short);
        const whole = Math.floor(looks.length / 100);
        const result = ratio(
          clock, 3 * whole, (slice) => lookAt(slice % whole), (slice) => void theirs.forward(100 * (slice % whole), 100), true);
        yardstick.fill(run.names);
        return result;
      },
    },
    heads: {
      warmUp() {
        reportOnHeads();
        theirs.forward(0, run.names.length);
      },
      measure: () => ratio(clock, 7, reportOnHeads, () => void theirs.forward(0, run.names.length), true),
    },
    heldOut: {
      warmUp() {
        for (let i = 0; i < 4; i += 1) {
          ours.heldOutLoss();
          theirs.forward(run.training, heldOut);
        }
      },
      measure: () => ratio(clock, 31, () => void ours.heldOutLoss(), () => void theirs.forward(run.training, heldOut), true),
    },
  };
  const asked = turns.rows.map((name) => /** @type {const} */ ([name, rows[name]]));
  // V8 compiles hot functions anew in the background: give it the time, twice.
  for (let round = 0; round < 2; round += 1) {
    for (const [, row] of asked) row?.warmUp();
    await new Promise((done) => setTimeout(done, 300));
  }
  for (const [name, row] of asked) found[name] = row?.measure() ?? NaN;
  return found;
}
