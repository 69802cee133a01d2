// What is in hand: a cell of the pass, the question about it, the words for it.

import { feeders, usedBy } from '../../core/pass.js';
import { question } from '../../core/questions.js';
import { readName } from '../../core/state.js';
import { EDGE_MARK, inputTokens } from '../../core/tokens.js';
import { passWords } from '../../words/pass.js';

/** @typedef {import('../../core/pass.js').PassCell} PassCell */
/** @typedef {import('../../core/pass.js').PassPart} PassPart */
/** @typedef {import('../../core/pass.js').PassRow} PassRow */
/** @typedef {import('../../core/pass-layout.js').PassBox} PassBox */
/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../engine/messages.js').Shape} Shape */
/** @typedef {import('./draw-pass.js').PassPlace} PassPlace */
/** @typedef {'sum' | 'product' | 'score' | 'mix' | 'square' | 'power' | 'cut' | 'slope' | 'row'} SumRule */

/** What the figure is about: the name on show as the model reads it. @param {State} state @param {Shape} shape */
export function passSubject(state, shape) {
  const text = readName(state);
  const tokens = inputTokens(text, shape);
  const letters = [EDGE_MARK, ...Array.from(text).slice(0, tokens.length - 1)];
  return { text, tokens, letters };
}

/** @param {PassPlace} place @returns {PassCell} */
export function cellOf({ box, row, column }) {
  return box.tensor === null ? { kind: 'row', number: box.row.number, index: row * box.columns + column } : { kind: 'weight', tensor: box.tensor, row, column };
}

/** The number that a place is about, and which term of its sum the place is. @param {PassPlace} place @param {readonly PassRow[]} rows @param {readonly number[]} tokens */
export function madeNumber(place, rows, tokens) {
  const cell = cellOf(place);
  return cell.kind === 'row' ? { number: cell.number, index: cell.index, term: null } : usedBy(rows, cell, tokens);
}

/** The question about a place; null if there is nothing to add up. @param {PassPlace} place @param {readonly PassRow[]} rows @param {{ text: string, tokens: readonly number[] }} subject @param {boolean} isBackward */
export function questionAbout(place, rows, { text, tokens }, isBackward) {
  const cell = cellOf(place);
  if (isBackward) return cell.kind === 'weight' ? question('passGradient', [text, cell.tensor, cell.row, cell.column]) : null;
  const made = madeNumber(place, rows, tokens);
  return made === null ? null : question('passCell', [text, made.number, made.index]);
}

/** How the numbers of a place add up. @param {PassPlace} place @param {boolean} isBackward @returns {SumRule} */
export function ruleOf({ box }, isBackward) {
  if (isBackward) return box.tensor !== null && box.tensor < 2 ? 'row' : 'slope';
  /** @type {Partial<Record<PassPart, SumRule>>} */
  const rules = { embedding: 'sum', scores: 'score', heads: 'mix', attention: 'power', probabilities: 'power', mlpActive: 'cut' };
  if (box.row.part in rules) return rules[box.row.part] ?? 'product';
  return box.row.tensor === null ? 'square' : 'product';
}

/** The name of a cell, as code would write it. @param {PassCell} cell @param {State} state @param {readonly PassRow[]} rows @param {number} positions @returns {string} */
export function cellName(cell, { facts }, rows, positions) {
  if (cell.kind === 'weight') return passWords.at(facts?.tensors[cell.tensor]?.name ?? '', [cell.row, cell.column]);
  const row = rows[cell.number];
  if (row === undefined) return '';
  const isSquare = row.part === 'scores' || row.part === 'attention';
  return passWords.at(passWords.symbol(row.part), isSquare ? [Math.floor(cell.index / positions), cell.index % positions] : [cell.index]);
}

/** What a term of a sum is called, and the cells it came from. @param {PassPlace} place @param {number} term @param {readonly PassRow[]} rows @param {Shape} shape @param {{ tokens: readonly number[], letters: readonly string[] }} subject @param {boolean} isBackward */
export function termOf(place, term, rows, shape, { tokens, letters }, isBackward) {
  if (isBackward) {
    // An embedding's row has a term only where the name looked it up.
    const places = place.box.tensor === 0 ? tokens.flatMap((token, at) => (token === place.row ? [at] : [])) : tokens.map((_, at) => at);
    const at = place.box.tensor === 1 ? place.row : places[term] ?? term;
    return { label: `${at} ${letters[at] ?? ''}`, a: null, b: null };
  }
  const made = madeNumber(place, rows, tokens);
  if (made === null) return { label: '', a: null, b: null };
  const { a, b } = feeders(rows, shape, tokens, made.number, made.index, term);
  const { part } = rows[made.number] ?? {};
  const isKey = part === 'heads' || part === 'attention';
  const name = part === 'embedding' ? ['wte', 'wpe'][term] ?? '' : isKey ? `${term} ${letters[term] ?? ''}` : part === 'probabilities' ? [...shape.letters, EDGE_MARK][term] ?? '' : String(term);
  return { label: name, a, b };
}

/** The place of a cell among the boxes. @param {PassCell} cell @param {readonly PassBox[]} boxes @returns {{ key: string, row: number, column: number } | null} */
export function placeOfCell(cell, boxes) {
  const key = cell.kind === 'weight' ? `tensor ${cell.tensor}` : `row ${cell.number}`;
  const box = boxes.find((one) => one.key === key);
  if (box === undefined) return null;
  return cell.kind === 'weight'
    ? { key, row: cell.row, column: cell.column } : { key, row: Math.floor(cell.index / box.columns), column: cell.index % box.columns };
}
