// The cell in hand: what its box is, how its number adds up, where the numbers came from, and the code.

import { regionsOf } from '../../core/regions.js';
import { formatSingle } from '../../core/pass.js';
import { passWords } from '../../words/pass.js';
import { button, changes, element, fillTo, part, setAttribute, setText } from '../elements.js';
import { cellName, cellOf, madeNumber, ruleOf, termOf } from './selection.js';

/** @typedef {import('../../core/pass.js').PassCell} PassCell */
/** @typedef {import('../../core/regions.js').Sources} Sources */
/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../engine/messages.js').CellSum} CellSum */
/** @typedef {import('../../engine/messages.js').Shape} Shape */
/** @typedef {import('./draw-pass.js').PassPlace} PassPlace */

/**
 * @typedef {object} Held
 * @property {PassPlace} place
 * @property {Shape} shape
 * @property {readonly import('../../core/pass.js').PassRow[]} rows
 * @property {{ text: string, tokens: number[], letters: string[] }} subject
 * @property {boolean} isBackward
 * @property {number} value of the cell itself
 * @property {CellSum | undefined} sum
 * @property {number | null} term that is lit
 * @property {boolean} canGoBack
 */

/**
 * @param {HTMLElement} root
 * @param {{ light(term: number): void, go(cell: PassCell): void, back(): void, redraw(): void }} does
 * @param {Promise<Sources>} sources
 */
export function inHand(root, does, sources) {
  const body = /** @type {HTMLElement} */ (root.querySelector('tbody'));
  const head = /** @type {HTMLElement} */ (root.querySelector('thead tr'));
  const lines = part(root, 'lines');
  /** @type {Sources | null} */
  let code = null;
  void sources.then((loaded) => {
    code = loaded;
    does.redraw();
  });
  /** @type {{ a: PassCell | null, b: PassCell | null }} */
  let feeds = { a: null, b: null };
  const toA = button(passWords.toA, () => feeds.a !== null && does.go(feeds.a));
  const toB = button(passWords.toB, () => feeds.b !== null && does.go(feeds.b));
  const back = button(passWords.back, does.back);
  const toggle = button(passWords.code, () => {
    lines.hidden = !lines.hidden;
    does.redraw();
  }, { 'aria-expanded': 'false' });
  part(root, 'moves').append(toA, toB, back, toggle);
  let count = 0;
  /** @param {number} term */
  function focusTerm(term) {
    does.light(Math.min(count - 1, Math.max(0, term)));
    const target = body.children[Math.min(count - 1, Math.max(0, term))]?.querySelector('button');
    if (target instanceof HTMLElement) target.focus();
  }
  body.addEventListener('keydown', (event) => {
    const at = Array.from(body.children).findIndex((line) => line.contains(/** @type {Node} */ (event.target)));
    const goal = /** @type {Record<string, number>} */ ({ ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: count - 1 })[event.key];
    if (at < 0 || goal === undefined) return;
    event.preventDefault();
    focusTerm(goal);
  });
  const isOtherTerm = changes();

  /** @param {Held} held @param {CellSum} sum */
  function drawTerms(held, sum) {
    const rule = ruleOf(held.place, held.isBackward);
    const columns = passWords.columns[rule];
    fillTo(head, columns.length, () => element('th', { scope: 'col' }));
    columns.forEach((column, index) => setText(/** @type {Element} */ (head.children[index]), column));
    count = sum.terms.length;
    fillTo(body, count, (index) => element('tr', {}, [element('th', { scope: 'row' }, [button('', () => does.light(index))])]));
    sum.terms.forEach((term, index) => {
      const line = /** @type {HTMLElement} */ (body.children[index]);
      fillTo(line, columns.length, () => element('td'));
      const { label } = termOf(held.place, index, held.rows, held.shape, held.subject, held.isBackward);
      const numbers = {
        sum: [term.a, term.sum], row: [term.a, term.sum], square: [term.a, term.product], power: [term.a, term.product], cut: [term.a],
        product: [term.a, term.b, term.product, term.sum], score: [term.a, term.b, term.product, term.sum],
        mix: [term.a, term.b, term.product, term.sum], slope: [term.a, term.b, term.product, term.sum],
      }[rule];
      const name = line.querySelector('button');
      if (name !== null) {
        setText(name, label);
        name.tabIndex = index === (held.term ?? 0) ? 0 : -1;
        setAttribute(name, 'aria-pressed', String(index === held.term));
      }
      numbers.forEach((number, column) => setText(/** @type {Element} */ (line.children[column + 1]), formatSingle(number)));
    });
  }

  /** The lit term comes into view when it is another. @param {number | null} term */
  function showTerm(term) {
    const line = body.children[term ?? 0];
    const box = body.closest('.terms');
    if (line instanceof HTMLElement && box instanceof HTMLElement) box.scrollTop = line.offsetTop - box.clientHeight / 2;
  }

  /** @param {Held} held @param {State} state */
  function drawCode(held, state) {
    setAttribute(toggle, 'aria-expanded', String(!lines.hidden));
    setText(toggle, lines.hidden ? passWords.code : passWords.closeCode);
    if (lines.hidden || !isOtherCode(held.place.box, held.isBackward, code, state.shape)) return;
    const regions = regionsOf(held.place.box.row.part, held.isBackward, held.place.box.tensor !== null);
    lines.replaceChildren(...regions.flatMap((name) => {
      const region = code?.[name];
      if (region === undefined) return [element('p', {}, [passWords.noCode])];
      return [
        element('p', { class: 'file' }, [passWords.lines(region.file, region.first, region.first + region.lines.length - 1)]),
        element('pre', { tabindex: '0', 'aria-label': region.file }, [element('code', {}, [region.lines.join('\n')])]),
      ];
    }));
  }
  const isOtherCode = changes();

  return {
    /** @param {Held} held @param {State} state */
    draw(held, state) {
      const { place, rows, subject, isBackward, sum, value } = held;
      const { box } = place;
      const cell = cellOf(place);
      const name = cellName(cell, state, rows, subject.tokens.length);
      const { row } = box;
      const table = box.tensor === null ? null : state.facts?.tensors[box.tensor]?.name ?? '';
      setText(part(root, 'title'), `${table ?? passWords.inLayer(passWords.role(row.part), row.layer)} · ${passWords.shape([...(box.rows > 1 || table !== null ? [box.rows] : []), box.columns])}`);
      setText(part(root, 'formula'), passWords.formula(row.part, {
        token: String(subject.tokens.at(-1) ?? 0), position: subject.tokens.length - 1, headDim: held.shape.nEmbd / held.shape.nHead,
      }));
      setText(part(root, 'reads'), passWords.reads(row.reads === null ? null : rows[row.reads]?.part ?? null));
      const made = madeNumber(place, rows, subject.tokens);
      const letter = subject.letters.at(-1) ?? '';
      const isWeight = cell.kind === 'weight';
      setText(part(root, 'cell'), isBackward ? passWords.gradient(name, value)
        : isWeight && made === null ? passWords.unused(name, value, letter)
          : isWeight && made !== null && sum !== undefined ? passWords.weight(name, value, cellName({ kind: 'row', number: made.number, index: made.index }, state, rows, subject.tokens.length), sum.value)
            : passWords.cell(name, value));
      const rule = ruleOf(place, isBackward);
      setText(part(root, 'start'), sum !== undefined && rule === 'product' && row.start !== null ? passWords.startsAt(sum.start) : '');
      const hasNone = isBackward ? !isWeight : made === null;
      if (sum !== undefined) drawTerms(held, sum);
      else if (hasNone) {
        body.replaceChildren();
        head.replaceChildren();
      }
      setText(part(root, 'rounding'), hasNone && isBackward ? (row.part === 'probabilities' ? passWords.edge : passWords.slope) : sum === undefined ? '' : passWords.rounding(rule, sum));
      const found = held.term === null ? { a: null, b: null } : termOf(place, held.term, rows, held.shape, subject, isBackward);
      feeds = { a: found.a, b: found.b };
      toA.disabled = feeds.a === null || (isWeight && feeds.a.kind === 'weight');
      toB.disabled = feeds.b === null;
      back.disabled = !held.canGoBack;
      setText(toA, feeds.a?.kind === 'weight' ? passWords.toWeight : feeds.b === null ? passWords.toNumber : passWords.toA);
      setText(toB, feeds.a?.kind === 'weight' ? passWords.toNumber : passWords.toB);
      if (isOtherTerm(box, place.row, place.column, held.term, count) && held.term !== null) showTerm(held.term);
      drawCode(held, state);
    },
  };
}
