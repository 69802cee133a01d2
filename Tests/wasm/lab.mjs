// The exports that answer questions, read as their comments say.
import { dinosaurs, engine } from './engine.mjs';

/** The dinosaurs in the order of the file. */
export const list = () => dinosaurs().toString().trim().split('\n');

/** @param {string} path of a module, with a run of the dinosaurs @param {object} [settings] of the run */
export async function lab(path, settings) {
  const exports = await engine(path);
  exports.startRun(dinosaurs(), settings);
  const read = (Kind) => (at, count) => {
    if (at < 0) throw new Error(`failure ${at}`);
    return Array.from(new Kind(exports.memory.buffer, at, count));
  };
  const [words, floats, doubles] = [read(Uint32Array), read(Float32Array), read(Float64Array)];
  const text = (scalars) => String.fromCodePoint(...scalars);
  /** Calls `body` with the address and count of words in memory. */
  function lend(numbers, body) {
    const at = exports.allocate(4 * numbers.length);
    new Uint32Array(exports.memory.buffer, at, numbers.length).set(numbers);
    const result = body(at, numbers.length);
    exports.release(at);
    return result;
  }
  const letters = (name) => Array.from(name, (letter) => letter.codePointAt(0));
  return {
    ...exports, words, floats, doubles,
    /** The functions that this object gives a friendlier form, as they are. */
    raw: exports,
    look: (name) => lend(letters(name), (at, count) => exports.look(at, count)),
    findName: (name) => words(lend(letters(name), (at, count) => exports.findName(at, count)), 2),
    switchOff: (parts) => lend(parts, (at, count) => exports.switchOff(at, count)),
    name(index) {
      const [isHeldOut, length] = words(exports.name(index), 2);
      return { text: text(words(exports.name(index) + 8, length)), isHeldOut };
    },
    statistics() {
      const at = exports.statistics();
      const [count, firsts, lengths, long] = words(at, 4);
      const all = words(at + 16, firsts + lengths + long);
      return {
        letters: count, firstLetters: all.slice(0, firsts), lengths: all.slice(firsts, firsts + lengths),
        long: all.slice(firsts + lengths),
      };
    },
    tensors() {
      let at = exports.tensors();
      const [count] = words(at, 1);
      at += 4;
      return Array.from({ length: count }, () => {
        const [rows, columns, length] = words(at, 3);
        const name = text(words(at + 12, length));
        at += 12 + 4 * length;
        return { name, rows, columns };
      });
    },
    next() {
      const at = exports.next();
      const [place, count] = words(at, 2);
      return { place, inputs: words(at + 8, count), targets: words(at + 8 + 4 * count, count) };
    },
    tensor: (index, count) => floats(exports.tensor(index), count),
    /** Copies of the state's first `blocks`. */
    saveState(blocks) {
      const count = blocks * exports.blockFloats();
      const at = exports.allocate(4 * count);
      exports.saveState(at, blocks);
      const state = new Float32Array(exports.memory.buffer, at, count).slice();
      exports.release(at);
      return state;
    },
    loadState(state, blocks, step) {
      const at = exports.allocate(4 * state.length);
      new Float32Array(exports.memory.buffer, at, state.length).set(state);
      exports.loadState(at, blocks, step);
      exports.release(at);
    },
  };
}
