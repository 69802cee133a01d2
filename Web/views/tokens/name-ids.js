// The name on show as the model gets it: a row of ids, with the edge's token at both ends.

import { edgeToken, inputTokens } from '../../core/tokens.js';
import { tokensWords } from '../../words/tokens.js';
import { changes, element, fillTo, part, setText } from '../elements.js';
import { figureFoot } from '../figure.js';

/** @typedef {import('../../core/state.js').State} State */

/** The letters and ids, edge to edge. @param {State} state @returns {{ letter: string, id: number, isEdge: boolean }[]} */
function boxesOf({ shape, name }) {
  if (shape === null) return [];
  const ids = [...inputTokens(name, shape), edgeToken(shape)];
  return ids.map((id, index) => ({ letter: tokensWords.token(shape, id, index > 0), id, isEdge: id === edgeToken(shape) }));
}

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function nameIdsView(root, actions) {
  const list = part(root, 'ids');
  const foot = figureFoot(root, {
    actions,
    table: (state) => ({ columns: ['Position', 'Token', 'Id'], rows: boxesOf(state).map(({ letter, id }, index) => [index, letter, id]) }),
  });
  const isNew = changes();
  return {
    root,
    draw(state, calm) {
      foot(calm);
      if (!isNew(state.shape, state.name)) return;
      const boxes = boxesOf(state);
      fillTo(list, boxes.length, () => element('li', {}, [element('span', { class: 'id-letter' }), element('span', { class: 'id-number' })]));
      boxes.forEach(({ letter, id, isEdge }, index) => {
        const [above, below] = Array.from(list.children[index]?.children ?? []);
        list.children[index]?.toggleAttribute('data-edge', isEdge);
        if (above !== undefined) setText(above, letter);
        if (below !== undefined) setText(below, String(id));
      });
    },
  };
}
