// Where one weight of wte came from and where the next update takes it, for the cell under the cursor.

import { answerTo, question } from '../../core/questions.js';
import { tokensWords } from '../../words/tokens.js';
import { setText } from '../elements.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {{ row: number, column: number } | null} Cell */

/** @param {HTMLElement} line */
export function provenanceLine(line) {
  setText(line, tokensWords.provenanceHint);
  /** @param {State} state @param {NonNullable<Cell>} cell */
  function askWeight({ facts }, { row, column }) {
    const tensor = facts?.tensors.findIndex(({ name }) => name === 'wte') ?? 0;
    return { first: question('tensor', [tensor], 0), next: question('weightOfNext', [tensor, row, column]), columns: facts?.tensors[tensor]?.columns ?? 0 };
  }
  return {
    /** @param {State} state @param {Cell} cell @returns {import('../../core/questions.js').AnyQuestion[]} */
    asks(state, cell) {
      if (cell === null || state.depth !== 'advanced') return [];
      const { first, next } = askWeight(state, cell);
      return [first, next];
    },
    /** @param {State} calm @param {Cell} cell */
    draw(calm, cell) {
      if (cell === null || calm.depth !== 'advanced') return;
      const { first, next, columns } = askWeight(calm, cell);
      const beginning = answerTo(calm, first);
      const weight = answerTo(calm, next);
      if (beginning === undefined || weight === undefined) return;
      setText(line, tokensWords.provenance(beginning[cell.row * columns + cell.column] ?? 0, calm.step, weight));
    },
  };
}
