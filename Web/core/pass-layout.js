// Where the boxes of the pass stand: every table of weights true to shape, what it reads above its columns, what it writes beside
// its rows. Plain numbers, CSS pixels.

import { passRows, rowOf } from './pass.js';

/** @typedef {import('./pass.js').PassPart} PassPart */
/** @typedef {import('./pass.js').PassRow} PassRow */
/** @typedef {import('../engine/messages.js').Shape} Shape */

/** @typedef {{ x: number, y: number, wide: number, high: number, isTurned: boolean }} Region where a box is drawn; size of a cell; turned: its one row runs down */

/**
 * @typedef {object} PassBox
 * @property {string} key
 * @property {number | null} tensor a table of weights, by its place in the parameter table
 * @property {PassRow} row the numbers; of a table of weights those that it makes
 * @property {number} rows
 * @property {number} columns
 * @property {Region[]} regions the first is the main one; the same row may be drawn again where it is read
 */

/** @typedef {{ x: number, y: number, kind: 'wte' | 'wpe' | 'layer' | 'tensor' | 'row' | 'symbol' | 'letters', box: PassBox | null, layer: number | null, cell: number }} PassLabel */

/**
 * @typedef {object} PassLayout
 * @property {PassRow[]} rows
 * @property {PassBox[]} boxes in the order of the pass
 * @property {PassLabel[]} labels
 * @property {{ y: number, isMerge: boolean }[]} joints where something reads the trunk, or is added to it
 * @property {{ x: number, y: number, toX: number, toY: number }[]} wires
 * @property {{ top: number, bottom: number }} trunk
 * @property {number} wide
 * @property {number} high
 */

/** Left of all boxes runs the trunk. */
export const TRUNK = 9;
const LEFT = 28;
/** Room for a label above a box. */
const LABEL_ROOM = 18;
/** Between boxes side by side, and between lines. */
const ASIDE = 26;
const LINE_GAP = 26;
/** How thick a row of numbers is beside its table, and its distance. */
const THICK = 10;
const APART = 3;
/** How high a row of the trunk is, and how wide its cells are at most. */
const TRUNK_HIGH = 14;
const TRUNK_CELL = 9;
const HEAD_CELL = 14;
const LETTER_CELL = 24;
const WIDEST_CELL = 3;

/**
 * @param {Shape} shape @param {number} positions START and letters @param {number} width
 * @returns {PassLayout}
 */
export function passLayout(shape, positions, width) {
  const { nLayer, nEmbd, nHead, vocabSize, blockSize, mlpRatio } = shape;
  const hidden = mlpRatio * nEmbd;
  const rows = passRows(shape, positions);
  const room = Math.max(0, width - LEFT);
  // The widest box must fit: fc2, and beside it what it writes.
  let cell = WIDEST_CELL;
  while (cell > 1 && Math.max(hidden, nEmbd) * cell + APART + THICK > room) cell -= 1;
  /** @type {Map<string, PassBox>} */
  const boxes = new Map();
  /** @type {PassLabel[]} */
  const labels = [];
  /** @type {PassLayout['joints']} */
  const joints = [];
  /** @type {PassLayout['wires']} */
  const wires = [];
  let wide = width;
  let y = 0;

  /** @param {string} key @param {PassRow} row @param {number | null} tensor @param {number} down @param {number} across @param {Region} region */
  function put(key, row, tensor, down, across, region) {
    const box = boxes.get(key) ?? { key, tensor, row, rows: down, columns: across, regions: [] };
    box.regions.push(region);
    boxes.set(key, box);
    wide = Math.max(wide, region.x + (region.isTurned ? region.wide : across * region.wide));
    return box;
  }
  /** A row of numbers. @param {PassRow} row @param {number} x @param {number} top @param {number} along @param {number} thick @param {boolean} [isTurned] */
  const putRow = (row, x, top, along, thick, isTurned = false) => put(
    `row ${row.number}`, row, null, 1, row.length, isTurned ? { x, y: top, wide: thick, high: along, isTurned } : { x, y: top, wide: along, high: thick, isTurned });
  /** A label. @param {PassLabel['kind']} kind @param {number} x @param {number} at @param {PassBox | null} box @param {number | null} [layer] @param {number} [size] */
  const label = (kind, x, at, box, layer = null, size = 0) => labels.push({ kind, x, y: at, box, layer, cell: size });
  /** What a table writes, down its side. @param {PassRow} row @param {number} x @param {number} top @param {number} along */
  function putWritten(row, x, top, along) {
    const box = putRow(row, x, top, along, THICK, true);
    label('symbol', x + THICK / 2, top - 5, box);
  }
  /** A table of weights with what it reads and, unless the trunk takes it, what it writes. @param {PassRow} row what it writes @param {number} x @param {number} top @param {number} down @param {number} across @param {boolean} isWritten @param {number} [size] @returns {{ right: number, bottom: number }} */
  function putTable(row, x, top, down, across, isWritten, size = cell) {
    const read = rows[row.reads ?? 0];
    if (read !== undefined) putRow(read, x, top + LABEL_ROOM, size, THICK);
    const at = top + LABEL_ROOM + THICK + APART;
    const box = put(`tensor ${row.tensor}`, row, row.tensor, down, across, { x, y: at, wide: size, high: size, isTurned: false });
    label('tensor', x, top + LABEL_ROOM - 5, box);
    if (isWritten) putWritten(row, x + across * size + APART, at, size);
    return { right: x + across * size + (isWritten ? APART + THICK : 0), bottom: at + down * size };
  }
  /** A row of the trunk, with its label. @param {PassRow} row @param {boolean} isMerge */
  function putTrunk(row, isMerge) {
    const box = putRow(row, LEFT, y + LABEL_ROOM, Math.min(TRUNK_CELL, Math.max(1, Math.floor(room / row.length))), TRUNK_HIGH);
    label('row', LEFT, y + LABEL_ROOM - 5, box);
    joints.push({ y: y + LABEL_ROOM + TRUNK_HIGH / 2, isMerge });
    y += LABEL_ROOM + TRUNK_HIGH + LINE_GAP;
  }
  /** Something begins to read the trunk here. */
  const branch = () => joints.push({ y: y + LABEL_ROOM + THICK / 2, isMerge: false });

  const [embedding, stream] = [rowOf(rows, 'embedding', null), rowOf(rows, 'stream', null)];
  const wteBox = put('tensor 0', embedding, 0, vocabSize, nEmbd, { x: LEFT, y: LABEL_ROOM, wide: cell, high: cell, isTurned: false });
  const right = LEFT + nEmbd * cell + ASIDE;
  const wpeBox = put('tensor 1', embedding, 1, blockSize, nEmbd, { x: right, y: LABEL_ROOM, wide: cell, high: cell, isTurned: false });
  label('wte', LEFT, LABEL_ROOM - 5, wteBox);
  label('wpe', right, LABEL_ROOM - 5, wpeBox);
  y = LABEL_ROOM + Math.max(vocabSize, blockSize) * cell + LINE_GAP;
  const top = y + LABEL_ROOM + TRUNK_HIGH / 2;
  putTrunk(embedding, false);
  putTrunk(stream, false);

  for (let layer = 0; layer < nLayer; layer += 1) {
    const of = (/** @type {PassPart} */ part) => rowOf(rows, part, layer);
    label('layer', LEFT, y + 12, null, layer);
    y += 24;
    branch();
    let x = LEFT;
    let bottom = y;
    for (const part of /** @type {const} */ (['q', 'k', 'v'])) {
      if (x > LEFT && x + nEmbd * cell + APART + THICK > width) {
        x = LEFT;
        y = bottom + LINE_GAP;
      }
      const placed = putTable(of(part), x, y, nEmbd, nEmbd, true);
      x = placed.right + ASIDE;
      bottom = Math.max(bottom, placed.bottom);
    }
    y = bottom + LINE_GAP;
    // A row a head, a column a letter; then wo. Side by side as far as there is room.
    const size = Math.max(3, Math.min(HEAD_CELL, Math.floor(room / positions)));
    const maps = /** @type {const} */ (['scores', 'attention']);
    const mapHigh = LABEL_ROOM + nHead * HEAD_CELL + 18;
    const woWide = nEmbd * cell + ASIDE;
    const mapWide = Math.max(HEAD_CELL * 8, size * positions) + ASIDE;
    const isRowOfMaps = 2 * mapWide <= room;
    maps.forEach((part, index) => {
      const [mapX, mapY] = isRowOfMaps ? [LEFT + index * mapWide, y] : [LEFT, y + index * (mapHigh + ASIDE / 2)];
      const box = put(`row ${of(part).number}`, of(part), null, nHead, positions, { x: mapX, y: mapY + LABEL_ROOM, wide: size, high: HEAD_CELL, isTurned: false });
      label('row', mapX, mapY + LABEL_ROOM - 5, box);
      label('letters', mapX, mapY + LABEL_ROOM + nHead * HEAD_CELL + 12, box, layer, size);
    });
    const isWoBeside = isRowOfMaps && 2 * mapWide + woWide <= room;
    const mapsHigh = isRowOfMaps ? mapHigh : 2 * mapHigh + ASIDE / 2;
    const wo = putTable(of('streamAfterAttention'), isWoBeside ? LEFT + 2 * mapWide : LEFT, isWoBeside ? y : y + mapsHigh + LINE_GAP / 2, nEmbd, nEmbd, false);
    const attentionBottom = Math.max(wo.bottom, y + mapsHigh);
    const added = (/** @type {number} */ from, /** @type {number} */ until, /** @type {number} */ toX) =>
      wires.push({ x: TRUNK, y: until + LINE_GAP / 2, toX, toY: from });
    added(wo.bottom, attentionBottom, (isWoBeside ? LEFT + 2 * mapWide : LEFT) + 40);
    y = attentionBottom + LINE_GAP;
    putTrunk(of('streamAfterAttention'), true);

    branch();
    const fc1 = putTable(of('mlpHidden'), LEFT, y, hidden, nEmbd, true);
    const activeX = fc1.right + APART;
    putWritten(of('mlpActive'), activeX, y + LABEL_ROOM + THICK + APART, cell);
    const besideX = activeX + THICK + ASIDE;
    const isBeside = besideX + hidden * cell + APART + THICK <= width;
    const fc2Y = isBeside ? fc1.bottom - nEmbd * cell - THICK - APART - LABEL_ROOM : fc1.bottom + LINE_GAP;
    const fc2 = putTable(of('streamAfterMLP'), isBeside ? besideX : LEFT, fc2Y, nEmbd, hidden, false);
    if (isBeside) wires.push({ x: activeX + THICK + 2, y: fc2Y + LABEL_ROOM + THICK / 2, toX: besideX - 3, toY: fc2Y + LABEL_ROOM + THICK / 2 });
    added(fc2.bottom, Math.max(fc1.bottom, fc2.bottom), (isBeside ? besideX : LEFT) + 40);
    y = Math.max(fc1.bottom, fc2.bottom) + LINE_GAP;
    putTrunk(of('streamAfterMLP'), true);
  }

  branch();
  const bottom = y + LABEL_ROOM + THICK / 2;
  const [logits, probabilities] = [rowOf(rows, 'logits', null), rowOf(rows, 'probabilities', null)];
  y = putTable(logits, LEFT, y, vocabSize, nEmbd, true).bottom + LINE_GAP;
  const size = Math.max(4, Math.min(LETTER_CELL, Math.floor(room / vocabSize)));
  const outcome = putRow(probabilities, LEFT, y + LABEL_ROOM, size, LETTER_CELL);
  label('row', LEFT, y + LABEL_ROOM - 5, outcome);
  label('letters', LEFT, y + LABEL_ROOM + LETTER_CELL + 13, outcome, null, size);
  y += LABEL_ROOM + LETTER_CELL + 22;
  return { rows, boxes: [...boxes.values()], labels, joints, wires, trunk: { top, bottom }, wide, high: y };
}

/** The cell under a point; a row that runs down is one row, too. @param {PassLayout} layout @param {number} x @param {number} y @returns {{ box: PassBox, row: number, column: number } | null} */
export function cellAt(layout, x, y) {
  for (const box of layout.boxes) {
    for (const region of box.regions) {
      const column = Math.floor((region.isTurned ? y - region.y : x - region.x) / (region.isTurned ? region.high : region.wide));
      const row = Math.floor((region.isTurned ? x - region.x : y - region.y) / (region.isTurned ? region.wide : region.high));
      if (row >= 0 && row < box.rows && column >= 0 && column < box.columns) return { box, row, column };
    }
  }
  return null;
}
