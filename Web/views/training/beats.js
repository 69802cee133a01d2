// The four beats of the step that comes next: guess, measure, trace back, nudge, with its real numbers.

import { answerTo, question } from '../../core/questions.js';
import { formatLoss, formatShare } from '../../core/numbers.js';
import { frameWords } from '../../words/frame.js';
import { trainingWords } from '../../words/training.js';
import { changes, element, fillTo, find, part, printedName, setAttribute, setText } from '../elements.js';
import { figureFoot, setSentence } from '../figure.js';
import { outlineMotion } from './outline-motion.js';
import { tensorBars } from './tensor-bars.js';

/** @typedef {import('../../core/state.js').State} State */
/** @typedef {import('../../engine/messages.js').NextUpdate} NextUpdate */

const BEATS = /** @type {const} */ (['guess', 'measure', 'trace', 'nudge']);
/** Loss at the top of a letter's bar, nats. */
const TALLEST = 6;

/** @param {HTMLElement} root @param {import('../../page/actions.js').Actions} actions @returns {import('../../page/view.js').View} */
export function beatsView(root, actions) {
  let beat = 0;
  const tabs = BEATS.map((name, index) => {
    const tab = part(root, `beat-${name}`);
    tab.addEventListener('click', () => go(index));
    return { tab, panel: part(root, name) };
  });
  const sentence = part(root, 'sentence');
  const title = part(root, 'name');
  const measured = part(root, 'measured');
  const traced = part(root, 'traced');
  const nudged = part(root, 'nudged');
  const next = part(root, 'next');
  const run = part(root, 'run');
  const drawGradients = tensorBars(part(root, 'gradients'), [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2]);
  const drawChanges = tensorBars(part(root, 'changes'), [0.001, 0.002, 0.005, 0.01, 0.05, 0.5]);

  const runOutline = outlineMotion(part(root, 'tabs'));
  /** @param {number} index */
  function go(index) {
    const [from, to] = [tabs[beat], tabs[index]];
    if (from !== undefined && to !== undefined && from !== to) runOutline(from.tab, to.tab);
    beat = index;
    actions.redraw();
  }
  next.addEventListener('click', () => {
    // After the nudge the step is taken, and the next name is guessed.
    if (beat === BEATS.length - 1) actions.one();
    go((beat + 1) % BEATS.length);
  });
  run.addEventListener('click', () => actions.toggle());

  /** One row a prediction. @param {State} state @param {NextUpdate} update */
  function predictions({ shape }, update) {
    const label = (/** @type {number} */ token, /** @type {string} */ edge) => shape?.letters[token] ?? edge;
    const V = shape?.vocabSize ?? 0;
    return update.targets.map((target, t) => {
      const shares = update.probabilities.subarray(t * V, (t + 1) * V);
      const favourite = shares.indexOf(Math.max(...shares));
      return {
        after: label(update.inputs[t] ?? 0, frameWords.start), letter: label(target, frameWords.end), share: shares[target] ?? 0,
        loss: update.losses[t] ?? 0, favourite: trainingWords.favourite(label(favourite, frameWords.end), shares[favourite] ?? 0),
        isRight: favourite === target,
      };
    });
  }
  const drawFoot = figureFoot(root, {
    actions,
    table(state) {
      const update = answerTo(state, question('next', []));
      return update === undefined ? null : {
        columns: trainingWords.guessColumns,
        rows: predictions(state, update).map((row) => [row.after, row.letter, formatShare(row.share), formatLoss(row.loss), row.favourite]),
      };
    },
  });

  /** @param {State} state @param {NextUpdate} update */
  function drawLetters(state, update) {
    const rows = predictions(state, update);
    for (const name of /** @type {const} */ (['guess', 'measure'])) {
      const list = find(part(root, name), 'ol');
      fillTo(list, rows.length, () => element('li', {}, [
        element('b'), element('span', { class: 'letter-bar' }), element('span', { class: 'value' }), element('span', { class: 'quiet' }),
      ]));
      rows.forEach((row, index) => {
        const item = /** @type {HTMLElement} */ (list.children[index]);
        const isGuess = name === 'guess';
        setText(find(item, 'b'), row.letter);
        setText(find(item, '.value'), isGuess ? formatShare(row.share) : formatLoss(row.loss));
        find(item, '.letter-bar').style.setProperty('--share', String(isGuess ? row.share : Math.min(1, row.loss / TALLEST)));
        setText(find(item, '.quiet'), isGuess && !row.isRight ? row.favourite : '');
      });
    }
  }

  /** What the beat on show says. @param {State} state @param {NextUpdate} update */
  function say(state, update) {
    const said = [
      () => trainingWords.guessed(predictions(state, update).map(({ letter, share }) => `${letter} ${formatShare(share)}`)),
      () => measured.textContent, () => traced.textContent, () => nudged.textContent,
    ][beat];
    return `${title.textContent} ${said?.() ?? ''}`;
  }

  const isNew = changes();
  const isOther = changes();
  return {
    root,
    asks: () => [question('next', [])],
    draw(state, calm) {
      tabs.forEach(({ tab, panel }, index) => {
        setAttribute(tab, 'aria-pressed', String(index === beat));
        panel.hidden = index !== beat;
      });
      setText(next, beat === BEATS.length - 1 ? trainingWords.takeStep : trainingWords.nextBeat);
      setText(run, state.isTraining ? trainingWords.pause : trainingWords.runOn);
      drawFoot(calm);
      const update = answerTo(calm, question('next', []));
      if (update === undefined || calm.shape === null || calm.facts === null) return;
      drawUpdate(calm, calm.facts, update);
      if (isOther(update, beat, calm.isTraining)) setSentence(sentence, calm, () => say(calm, update));
    },
  };

  /** @param {State} calm @param {import('../../engine/messages.js').Facts} facts @param {NextUpdate} update */
  function drawUpdate(calm, { tensors }, update) {
    if (!isNew(update)) return;
    const loss = update.losses.reduce((sum, one) => sum + one, 0) / update.losses.length;
    setText(title, trainingWords.thisName(update.step, printedName({ text: calm.list[update.place] ?? '', ended: true })));
    drawLetters(calm, update);
    setText(measured, trainingWords.measured(loss, Math.exp(loss)));
    setText(traced, trainingWords.traced(update.gradient, calm.shape?.parameters ?? 0));
    drawGradients(tensors, update.tensors.map(({ gradient }) => gradient));
    setText(nudged, trainingWords.nudged(update.change, update.largestChange, update.learningRate));
    drawChanges(tensors, update.tensors.map(({ change }) => change));
  }
}
