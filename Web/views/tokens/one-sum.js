// One letter on its way into the model: its row of wte, its position's row of wpe, and their sum.

import { answerTo, question } from '../../core/questions.js';
import { inputTokens, placeOfTensor } from '../../core/tokens.js';
import { tokensWords } from '../../words/tokens.js';
import { changes, find, part, setText, widthOf } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { drawScale } from '../heat-map.js';
import { paint } from '../paint.js';
import { letterButtons } from './letter-buttons.js';
import { sumRows } from './sum-rows.js';

/** @typedef {import('../../core/state.js').State} State */

/** The value at the end of the colours: that of all weights. */
const SUM_SCALE = 1;

/** The tables that are added. @param {State} state */
function askTables({ facts }) {
  return facts === null ? null : {
    wte: question('tensor', [placeOfTensor(facts, 'wte')]), wpe: question('tensor', [placeOfTensor(facts, 'wpe')]),
  };
}

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function oneSumView(root, actions) {
  const plot = find(root, '.plot');
  const width = widthOf(plot, actions.redraw);
  const strip = part(root, 'scale');
  /** The position chosen: the first letter's, until the reader chooses. */
  let chosen = 1;
  const rows = sumRows(plot, tokensWords.sumPlot, actions.redraw);
  const buttons = letterButtons(part(root, 'letters'), (position) => {
    chosen = position;
    actions.redraw();
  });

  /** The rows of the letter chosen, or null until they are known. @param {State} state */
  function sumOf(state) {
    const asked = askTables(state);
    const { shape, name } = state;
    if (asked === null || shape === null) return null;
    const wte = answerTo(state, asked.wte);
    const wpe = answerTo(state, asked.wpe);
    if (wte === undefined || wpe === undefined) return null;
    const tokens = inputTokens(name, shape);
    const position = Math.min(chosen, tokens.length - 1);
    const token = tokens[position] ?? 0;
    const letterRow = wte.subarray(token * shape.nEmbd, (token + 1) * shape.nEmbd);
    const positionRow = wpe.subarray(position * shape.nEmbd, (position + 1) * shape.nEmbd);
    // Rounded to 32 bits as the engine's own sum is.
    const sum = Float32Array.from(letterRow, (value, column) => value + (positionRow[column] ?? 0));
    return { wte, wpe, token, position, letter: tokensWords.token(shape, token), letterRow, positionRow, sum };
  }
  const foot = figureFoot(root, {
    actions, picture: rows.canvas,
    table: (state) => {
      const known = sumOf(state);
      return known === null ? null : {
        columns: ['Column', `wte ${known.letter}`, `wpe ${known.position}`, 'Sum'],
        rows: Array.from(known.sum, (sum, column) => [column, known.letterRow[column] ?? 0, known.positionRow[column] ?? 0, sum]),
      };
    },
  });

  const isNew = changes();
  const isNewText = changes();
  const isNewScale = changes();
  return {
    root,
    asks(state) {
      const asked = askTables(state);
      return asked === null ? [] : [asked.wte, asked.wpe];
    },
    draw(state, calm) {
      foot(calm);
      const known = sumOf(state);
      if (known === null || state.shape === null || width() === 0) return;
      buttons(state, known.position);
      if (isNewScale(paint())) drawScale(strip, SUM_SCALE, false);
      if (isNew(known.wte, known.wpe, known.token, known.position, rows.column(), width(), paint(), state.marksSigns)) {
        rows.draw([
          { title: tokensWords.letterRow(known.letter, known.token), values: known.letterRow },
          { title: tokensWords.positionRow(known.position), values: known.positionRow },
          { title: tokensWords.sumRow, values: known.sum },
        ], width() - 2, SUM_SCALE, state.marksSigns);
      }
      const read = sumOf(calm);
      const column = rows.column();
      if (read === null || !isNewText(read.wte, read.wpe, read.token, read.position, column, state.isTraining)) return;
      const at = tokensWords.sumAt(column, read.letterRow[column] ?? 0, read.positionRow[column] ?? 0, read.sum[column] ?? 0);
      setText(part(root, 'readout'), at);
      plot.setAttribute('aria-label', `${tokensWords.sumPlot}${state.isTraining ? '' : `; ${at}`}`);
      setSentence(part(root, 'sentence'), state, () => tokensWords.sum(read.letter, read.position, at));
    },
  };
}
