// What takes long, in portions: losses, what heads are worth, and what they do over many names. Between two portions the engine
// may hold other weights, so each portion begins with `show`.

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./messages.js').HeadTable} HeadTable */
/** @typedef {import('./messages.js').Worths} Worths */
/**
 * @typedef {object} Portions
 * @property {number} parameters the more weights a model has, the fewer names are a portion
 * @property {() => void} show loads the weights
 * @property {() => Promise<void>} breathe resolves when the page had its turn
 */

/** Weights times names of a portion: a few milliseconds of work. */
const WEIGHTS_AT_ONCE = 5e6;
/** Names of a portion at most where heads are measured. */
const MEASURED_AT_ONCE = 8;

/** Names of a portion. @param {number} parameters @param {number} most */
export const namesAtOnce = (parameters, most) => Math.min(most, Math.max(1, Math.floor(WEIGHTS_AT_ONCE / parameters)));

/**
 * Sum and count of each name's loss with parts off: of all names that losses are measured over.
 * @param {Engine} engine @param {readonly number[]} parts @param {Portions} portions
 */
async function lossesOff(engine, parts, { parameters, show, breathe }) {
  /** @type {number[]} */
  const all = [];
  for (let more = true; more;) {
    await breathe();
    show();
    engine.switchOff(parts);
    try {
      const { left, losses } = engine.lossesOff(all.length / 2, namesAtOnce(parameters, Infinity));
      all.push(...losses);
      more = left > 0;
    } finally {
      engine.switchOff([]);
    }
  }
  return all;
}

/** Mean loss over the held-out names, or some others where there are none, with parts off. @param {Engine} engine @param {readonly number[]} parts @param {Portions} portions @returns {Promise<number>} nats per prediction */
export const measureLoss = async (engine, parts, portions) => engine.meanLoss(await lossesOff(engine, parts, portions));

/** Mean loss over the held-out names and its standard error; no numbers without such names. @param {Engine} engine @param {number} heldOut names @param {Portions} portions */
export async function measureHeldOut(engine, heldOut, portions) {
  if (heldOut === 0) return { loss: NaN, error: NaN };
  const losses = await lossesOff(engine, [], portions);
  return { loss: engine.meanLoss(losses), error: engine.errorOfMeanLoss(losses) };
}

/** What parts are worth: by how much that loss rises, for each group of them that are off together. @param {Engine} engine @param {readonly (readonly number[])[]} groups @param {Portions} portions */
export async function measureWorthsOf(engine, groups, portions) {
  const loss = await measureLoss(engine, [], portions);
  /** @type {number[]} */
  const worths = [];
  for (const parts of groups) worths.push((await measureLoss(engine, parts, portions)) - loss);
  return worths;
}

/** What each head, each layer's heads and all heads are worth. @param {Engine} engine @param {{ nLayer: number, nHead: number }} sizes @param {Portions} portions @returns {Promise<Worths>} */
export async function measureWorths(engine, { nLayer, nHead }, portions) {
  const all = Array.from({ length: nLayer * nHead }, (_, head) => head);
  const layers = Array.from({ length: nLayer }, (_, layer) => all.slice(layer * nHead, (layer + 1) * nHead));
  const worths = await measureWorthsOf(engine, [...all.map((head) => [head]), ...layers, all], portions);
  const heads = worths.slice(0, all.length);
  return { heads, layers: worths.slice(all.length, -1), all: worths.at(-1) ?? NaN, singly: engine.sumOfWorths(heads) };
}

/** What each head does over the first `count` names of the run's order. @param {Engine} engine @param {number} count 0: all @param {Portions} portions @returns {Promise<HeadTable>} */
export async function measureHeads(engine, count, { parameters, show, breathe }) {
  show();
  const report = engine.beginReport(count);
  const portion = namesAtOnce(parameters, MEASURED_AT_ONCE);
  for (let first = 0; engine.addToReport(report, first, portion) > 0; first += portion) {
    await breathe();
    show();
  }
  return engine.endReport(report);
}
