// Which parts of the model are switched off, as addresses write it: '' none, 'heads' all heads, or like '1.2,2.3,mlp1'; layers
// and heads count from 1. The engine numbers head h of layer l as l · nHead + h, and after all heads the MLPs by layer.

/** @typedef {{ nLayer: number, nHead: number }} SwitchSizes */

/** All heads off. */
export const ALL_HEADS = 'heads';
const OFF_PART = '(?:heads|[1-9]\\d{0,3}\\.[1-9]\\d{0,3}|mlp[1-9]\\d{0,3})';
const OFF_PARTS = new RegExp(`^${OFF_PART}(?:,${OFF_PART})*$`);

/** Whether an address may say this. @param {string} off @returns {boolean} */
export const isOffList = (off) => OFF_PARTS.test(off);

/** The parts by the engine's numbers, ascending; what a model of these sizes lacks is left out. @param {string} off @param {SwitchSizes | null} sizes @returns {number[]} */
export function partsOff(off, sizes) {
  if (off === '' || sizes === null) return [];
  const { nLayer, nHead } = sizes;
  const heads = nLayer * nHead;
  /** @type {Set<number>} */
  const parts = new Set();
  for (const text of off.split(',')) {
    const [first = 0, second = 0] = text.replace('mlp', '').split('.').map((number) => Number(number) - 1);
    if (text === ALL_HEADS) for (let head = 0; head < heads; head += 1) parts.add(head);
    else if (text.startsWith('mlp') && first < nLayer) parts.add(heads + first);
    else if (!text.startsWith('mlp') && first < nLayer && second < nHead) parts.add(first * nHead + second);
  }
  return [...parts].sort((a, b) => a - b);
}

/** The text for parts that are off. @param {readonly number[]} parts @param {SwitchSizes} sizes @returns {string} */
export function offList(parts, { nLayer, nHead }) {
  const heads = nLayer * nHead;
  const off = parts.filter((part) => part < heads);
  const names = off.length === heads ? [ALL_HEADS] : off.map((part) => `${Math.floor(part / nHead) + 1}.${(part % nHead) + 1}`);
  return [...names, ...parts.filter((part) => part >= heads).map((part) => `mlp${part - heads + 1}`)].join(',');
}
