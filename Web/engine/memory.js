// The module's memory and its exported functions: how numbers and texts get in and out.

/** @typedef {ReturnType<typeof createMemory>} EngineMemory */

/** What the engine's negative answers mean. */
const FAILURES = Object.freeze([
  '', 'there is no run', 'the names can’t be read', 'the names have too many different letters', 'these sizes can’t be',
  'this recipe can’t be', 'these dice can’t be', 'the text has letters that the model lacks, or is too long', 'nothing was looked at',
  'the state has no moments', 'there is no such place',
]);

/** A call that the engine refused. */
export class EngineError extends Error {}

/** @param {WebAssembly.Module} module */
export function createMemory(module) {
  const exports = /** @type {Record<string, (...values: any[]) => any> & { memory: WebAssembly.Memory }} */ (
    /** @type {unknown} */ (new WebAssembly.Instance(module).exports));
  // Views detach whenever memory grows: they are made anew for each use.
  const words = (/** @type {number} */ at, /** @type {number} */ count) => new Uint32Array(exports.memory.buffer, at, count);
  const doubles = (/** @type {number} */ at, /** @type {number} */ count) => new Float64Array(exports.memory.buffer, at, count);
  const floats = (/** @type {number} */ at, /** @type {number} */ count) => new Float32Array(exports.memory.buffer, at, count);
  const bytes = (/** @type {number} */ at, /** @type {number} */ count) => new Uint8Array(exports.memory.buffer, at, count);

  /** An exported function. @param {string} name */
  const call = (name) => /** @type {(...values: any[]) => any} */ (exports[name]);

  /** Calls a function that answers with an address or a count. @param {string} name @param {...(number | boolean)} values @returns {number} */
  function ask(name, ...values) {
    const result = call(name)(...values);
    if (result < 0) throw new EngineError(FAILURES[-result] ?? 'the engine failed');
    return result;
  }

  /**
   * Lends `count` bytes of memory to `body`.
   * @template T
   * @param {number} count @param {(at: number) => T} body @returns {T}
   */
  function lend(count, body) {
    const at = call('allocate')(count);
    try {
      return body(at);
    } finally {
      call('release')(at);
    }
  }

  /**
   * Lends 32-bit words to `body`.
   * @template T
   * @param {readonly number[]} values @param {(at: number, count: number) => T} body @returns {T}
   */
  function lendWords(values, body) {
    return lend(4 * values.length, (at) => {
      words(at, values.length).set(values);
      return body(at, values.length);
    });
  }

  return {
    words, doubles, floats, bytes, call, ask, lend, lendWords,
    /**
     * Lends doubles to `body`.
     * @template T
     * @param {ArrayLike<number>} values @param {(at: number, count: number) => T} body @returns {T}
     */
    lendDoubles: (values, body) => lend(8 * values.length, (at) => {
      doubles(at, values.length).set(values);
      return body(at, values.length);
    }),
    /**
     * Lends the letters of a text to `body`.
     * @template T
     * @param {string} text @param {(at: number, count: number) => T} body @returns {T}
     */
    lendText: (text, body) => lendWords(Array.from(text, (letter) => letter.codePointAt(0) ?? 0), body),
    /** The letters at an address. @param {number} at @param {number} count @returns {string} */
    text: (at, count) => String.fromCodePoint(...words(at, count)),
  };
}
