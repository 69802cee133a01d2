// Where a head looks: the shares that each letter gives to itself and the letters before it.

import { rampColour, rampTable } from '../core/palette.js';
import { words } from '../core/words.js';
import { element, find, fitCanvas, setText, token } from './elements.js';

/** @typedef {import('../core/state.js').State} State */

/** Width of the row and column of letters. */
const LABEL = 26;

/**
 * @param {HTMLElement} root
 * @param {{ layer(layer: number): void, head(head: number): void }} actions
 * @returns {(state: State, calm: State) => void}
 */
export function attentionView(root, actions) {
  const canvas = /** @type {HTMLCanvasElement} */ (find(root, 'canvas'));
  const readout = find(root, '[data-part=readout]');
  const pickLayer = picker(find(root, '[data-part=layers]'), 'layer', actions.layer);
  const pickHead = picker(find(root, '[data-part=heads]'), 'head', actions.head);
  let asking = -1;
  /** @type {State | null} */
  let latest = null;
  let cell = 0;

  /** @param {State} state */
  const positions = (state) => state.look?.positions ?? 0;
  /** @param {State} state */
  const query = (state) => (asking < 0 || asking >= positions(state) ? positions(state) - 1 : asking);

  canvas.addEventListener('pointermove', (event) => {
    asking = Math.floor((event.clientY - canvas.getBoundingClientRect().top - LABEL) / cell);
    if (latest !== null) drawReadout(latest);
  });
  canvas.addEventListener('pointerleave', () => {
    asking = -1;
    if (latest !== null) drawReadout(latest);
  });
  canvas.addEventListener('keydown', (event) => {
    if (latest === null) return;
    const change = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (change === 0) return;
    event.preventDefault();
    asking = Math.min(positions(latest) - 1, Math.max(0, query(latest) + change));
    drawn = [];
    draw(latest, latest);
  });

  /** @param {State} state */
  function drawReadout(state) {
    const { look } = state;
    if (look === null) return;
    const t = query(state);
    const shares = rowOf(state, t);
    const letters = labels(look.text);
    const looks = shares.map((share, key) => ({ share, label: key === t && t > 0 ? 'itself' : letters[key] ?? '' }));
    looks.sort((a, b) => b.share - a.share);
    setText(readout, words.attentionSentence(words.headName(state.layer, state.head), letters[t] ?? '', looks.slice(0, 5)));
    canvas.setAttribute('aria-label', readout.textContent ?? '');
  }

  /** @type {unknown[]} */
  let drawn = [];
  /** @param {State} state @param {State} calm */
  function draw(state, calm) {
    latest = state;
    const { look, shape } = state;
    if (look === null || shape === null) return;
    pickLayer(shape.nLayer, state.layer);
    pickHead(shape.nHead, state.head);
    const width = canvas.parentElement?.clientWidth ?? 0;
    const stops = ['zero', 'zero', 'zero', 'pos-mid', 'pos'].map(token);
    const key = [look, state.layer, state.head, width, stops[4], asking];
    if (width === 0 || key.every((value, index) => value === drawn[index])) return;
    drawn = key;
    if (calm.look?.positions === look.positions) drawReadout({ ...calm, layer: state.layer, head: state.head });
    const n = look.positions;
    cell = Math.max(9, Math.min(28, Math.floor((width - LABEL) / Math.max(n, 8))));
    const size = LABEL + n * cell;
    canvas.style.width = canvas.style.height = `${size}px`;
    const context = fitCanvas(canvas, size, size);
    const table = rampTable(stops);
    const letters = labels(look.text);
    context.font = `13px ${token('mono')}`;
    context.textAlign = 'center';
    for (let t = 0; t < n; t += 1) {
      const middle = LABEL + t * cell + cell / 2;
      context.fillStyle = token('q');
      context.fillText(markOf(letters[t]), LABEL / 2 - 2, middle + 4);
      context.fillStyle = token('k');
      context.fillText(markOf(letters[t]), middle, LABEL / 2 + 3);
      rowOf(state, t).forEach((share, k) => {
        context.fillStyle = rampColour(table, share, 1);
        context.fillRect(LABEL + k * cell, LABEL + t * cell, cell - 1, cell - 1);
      });
      context.strokeStyle = token('edge');
      context.lineWidth = 1;
      context.strokeRect(LABEL + t * cell + 0.5, LABEL + t * cell + 0.5, cell - 2, cell - 2);
    }
    context.strokeStyle = token('ink');
    context.lineWidth = 2;
    const t = query(state);
    context.strokeRect(LABEL - 1, LABEL + t * cell - 1, (t + 1) * cell + 1, cell + 1);
  }
  return draw;
}

/** The shares of one query on keys 0 to t. @param {State} state @param {number} t @returns {number[]} */
function rowOf(state, t) {
  const n = state.look?.positions ?? 0;
  const start = (state.head * n + t) * n;
  return Array.from(state.look?.attention[state.layer]?.subarray(start, start + t + 1) ?? []);
}

/** START and the letters. @param {string} text @returns {string[]} */
function labels(text) {
  return [words.start, ...text];
}

/** A letter as a picture shows it. @param {string | undefined} label @returns {string} */
function markOf(label) {
  return label === words.start ? '▪' : label ?? '';
}

/**
 * A row of buttons of which one is pressed.
 * @param {HTMLElement} root @param {string} what @param {(index: number) => void} choose
 * @returns {(count: number, chosen: number) => void}
 */
function picker(root, what, choose) {
  return (count, chosen) => {
    while (root.children.length > count) root.lastChild?.remove();
    for (let index = root.children.length; index < count; index += 1) {
      const button = element('button', { type: 'button', 'aria-label': `${what} ${index + 1}` }, [String(index + 1)]);
      button.addEventListener('click', () => choose(index));
      root.append(button);
    }
    Array.from(root.children).forEach((button, index) => {
      button.setAttribute('aria-pressed', String(index === chosen));
    });
  };
}
