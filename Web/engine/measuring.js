// What takes long, in portions: what heads are worth, and what they do over many names. Between two portions the engine may
// hold other weights, so each portion begins with `show`.

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./messages.js').HeadTable} HeadTable */
/** @typedef {import('./messages.js').Worths} Worths */

/** Names measured at once: a few milliseconds of work. */
const NAMES_AT_ONCE = 8;

/**
 * What each head, each layer's heads and all heads are worth.
 * @param {Engine} engine @param {{ nLayer: number, nHead: number }} sizes
 * @param {() => void} show loads the weights @param {() => Promise<void>} breathe @returns {Promise<Worths>}
 */
export async function measureWorths(engine, { nLayer, nHead }, show, breathe) {
  /** @param {readonly number[]} parts */
  async function worthOf(parts) {
    await breathe();
    show();
    engine.switchOff(parts);
    try {
      return engine.worthOff();
    } finally {
      engine.switchOff([]);
    }
  }
  const all = Array.from({ length: nLayer * nHead }, (_, head) => head);
  /** @type {number[]} */
  const heads = [];
  for (const head of all) heads.push(await worthOf([head]));
  /** @type {number[]} */
  const layers = [];
  for (let layer = 0; layer < nLayer; layer += 1) layers.push(await worthOf(all.slice(layer * nHead, (layer + 1) * nHead)));
  return { heads, layers, all: await worthOf(all), singly: engine.sumOfWorths(heads) };
}

/**
 * What each head does over the first `count` names of the run's order.
 * @param {Engine} engine @param {number} count 0: all
 * @param {() => void} show loads the weights @param {() => Promise<void>} breathe @returns {Promise<HeadTable>}
 */
export async function measureHeads(engine, count, show, breathe) {
  show();
  const report = engine.beginReport(count);
  let first = 0;
  while (engine.addToReport(report, first, NAMES_AT_ONCE) > 0) {
    first += NAMES_AT_ONCE;
    await breathe();
    show();
  }
  return engine.endReport(report);
}
