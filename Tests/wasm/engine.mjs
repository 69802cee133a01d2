// Loads a build of the engine in node and calls it as the page does.
import fs from 'node:fs';

const root = new URL('../../', import.meta.url);

/** The default run, argument by argument. */
export const defaults = {
  seed: 42, nLayer: 2, nEmbd: 32, nHead: 4, blockSize: 18, mlpRatio: 4, learningRate: 0.005, beta1: 0.85, beta2: 0.99,
  floor: 0.1, horizon: 5000, initStd: 0.08, holdOut: 0.1, batch: 1,
};

export const dinosaurs = () => fs.readFileSync(new URL('Data/dinosaurs.txt', root));
export const golden = () => JSON.parse(fs.readFileSync(new URL('Tests/Fixtures/golden.json', root), 'utf8'));

/** Instantiates the module at `path`; it must not import anything. */
export async function engine(path) {
  const { instance } = await WebAssembly.instantiate(fs.readFileSync(path), {});
  const exports = instance.exports;
  return {
    ...exports,
    /** Trains until `step`: the address of the losses. */
    trainRaw: exports.train,
    /** Starts a run; the number of names, or a negative failure. */
    startRun(names, settings = {}) {
      const s = { ...defaults, ...settings };
      const pointer = exports.allocate(names.length);
      new Uint8Array(exports.memory.buffer, pointer, names.length).set(names);
      const result = exports.start(
        pointer, names.length, s.seed, s.nLayer, s.nEmbd, s.nHead, s.blockSize, s.mlpRatio, s.learningRate, s.beta1,
        s.beta2, s.floor, s.horizon, s.initStd, s.holdOut, s.batch);
      exports.release(pointer);
      return result;
    },
    /** Trains until `step`: the step reached, or a negative failure. */
    train(step) {
      const pointer = exports.train(step);
      return pointer < 0 ? pointer : new Float64Array(exports.memory.buffer, pointer, 1)[0];
    },
    /** 16 hex digits. */
    fingerprintDigits: () => BigInt.asUintN(64, exports.fingerprint()).toString(16).padStart(16, '0'),
    /** Sum and count of each name's loss with the parts off, measured `portion` names at a time. */
    lossesInPortions(portion) {
      const losses = [];
      for (let left = Infinity; left > 0;) {
        const pointer = exports.lossesOff(losses.length / 2, portion);
        const [after, count] = new Float64Array(exports.memory.buffer, pointer, 2);
        losses.push(...new Float64Array(exports.memory.buffer, pointer + 16, 2 * count));
        left = after;
      }
      return losses;
    },
    /** `meanLoss` or `errorOfMeanLoss` of such losses. */
    ofLosses(name, losses) {
      const pointer = exports.allocate(8 * losses.length);
      new Float64Array(exports.memory.buffer, pointer, losses.length).set(losses);
      const result = exports[name](pointer, losses.length / 2);
      exports.release(pointer);
      return result;
    },
    /** Mean loss with the parts off. */
    lossOff() {
      return this.ofLosses('meanLoss', this.lossesInPortions(1000));
    },
    /** The first `count` names at a temperature. */
    names(count, { seed = 42, temperature = 0.8, topK = 0, topP = 1 } = {}) {
      const pointer = exports.generate(0, count, seed, temperature, topK, topP, 0, 0);
      if (pointer < 0) return pointer;
      const words = new Uint32Array(exports.memory.buffer, pointer);
      const names = [];
      for (let i = 0, at = 0; i < count; i++) {
        names.push(String.fromCodePoint(...words.subarray(at + 4, at + 4 + words[at])));
        at += 4 + words[at];
      }
      return names;
    },
  };
}
