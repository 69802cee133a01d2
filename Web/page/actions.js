// What a reader can do. Views call these; each changes the state and tells the trainer.

import { nextPlace } from '../core/name-order.js';
import { isSameNames } from '../core/names.js';
import { DEFAULT_CHOICES } from '../core/state.js';
import { textProblem } from '../core/texts.js';
import { frameWords } from '../words/frame.js';

/** @typedef {import('../core/state.js').Choices} Choices */
/** @typedef {import('../core/state.js').Offer} Offer */
/** @typedef {import('../core/state.js').State} State */
/** @typedef {import('../core/update.js').Message} Message */
/** @typedef {ReturnType<typeof createActions>} Actions */

/** Milliseconds during which a new seed can be taken back at once; after that from the menu. */
const BACK_PERIOD = 10_000;

/**
 * @param {object} page
 * @param {() => State} page.read
 * @param {(message: Message) => void} page.dispatch
 * @param {(message: import('../engine/messages.js').ToTrainer) => void} page.tell
 * @param {() => void} page.beginRun starts the run of the state: inspector and trainer
 * @param {() => void} page.redraw
 * @param {(text: string) => void} page.say to those who listen: one polite live region
 * @param {() => void} page.restartClock the pace counts from here
 * @param {() => void} page.open opens what the address asks for
 * @param {(selector: string, isFocused: boolean) => void} page.goTo scrolls to an element, and gives it the focus
 */
export function createActions({ read, dispatch, tell, beginRun, redraw, say, restartClock, goTo, open }) {
  /** @param {Partial<Choices>} choices */
  const choose = (choices) => dispatch({ kind: 'choose', choices });

  const actions = {
    /** The state now: what a view drew last may be a frame older. */
    state: read,
    choose,
    redraw,
    say,

    /** Trains, or pauses. */
    toggle() {
      dispatch({ kind: read().isTraining ? 'pause' : 'train' });
      restartClock();
      if (!read().isTraining) tell({ kind: 'trainTo', run: read().run, step: 0 });
    },
    train() {
      if (!read().isTraining) actions.toggle();
    },
    pause() {
      if (read().isTraining) actions.toggle();
    },
    one() {
      actions.pause();
      const { run, step, visiting } = read();
      tell({ kind: 'trainTo', run, step: (visiting ?? step) + 1 });
    },
    /** @param {import('../core/story.js').Pace} pace */
    pace(pace) {
      choose({ pace });
      restartClock();
    },
    /** Goes to a step that was reached. @param {number} step */
    visit(step) {
      dispatch({ kind: 'visit', step });
      restartClock();
      tell({ kind: 'visit', run: read().run, step });
    },
    /** Goes to any step: trains there if it was not reached. @param {number} step */
    jump(step) {
      if (step <= read().furthest) return actions.visit(step);
      dispatch({ kind: 'jump', step });
      restartClock();
    },

    /** Another run: the one on show is kept. @param {Partial<import('../core/settings.js').Settings>} changed @param {import('../core/names.js').RunNames} [names] */
    newRun(changed, names = read().names) {
      const isOther = !isSameNames(names, read().names);
      dispatch({ kind: 'newRun', settings: { ...read().settings, ...changed }, names });
      if (isOther) choose({ name: '' });
      restartClock();
      beginRun();
    },
    /** The run before this one again. */
    back() {
      if (read().previous === null) return;
      const { names } = read();
      dispatch({ kind: 'back' });
      if (!isSameNames(names, read().names)) choose({ name: '' });
      restartClock();
      beginRun();
    },

    /** @param {string} name */
    show(name) {
      choose({ name });
    },
    /** The name that comes `by` names after the one on show. @param {number} by */
    nextName(by) {
      const { list, name } = read();
      if (list.length > 0) choose({ name: list[nextPlace(Math.max(0, list.indexOf(name)), by, list.length)] ?? name });
    },
    /** Lets names change by themselves, or holds the one on show. */
    cycle: () => choose({ isCycling: !read().isCycling }),
    stopCycling() {
      if (read().isCycling) choose({ isCycling: false });
    },
    /** Feeds a text in; empty: the name on show. @param {string} text */
    feed(text) {
      const { shape } = read();
      const problem = shape === null ? '' : textProblem(text, shape.letters, shape.blockSize - 1);
      if (problem !== '' && problem !== read().textProblem) say(problem);
      choose({ text, textProblem: problem });
    },
    /** A run began: texts that its model can't read give way. */
    checkTexts() {
      const { shape, list, name, text, own, isCycling } = read();
      if (shape === null) return;
      if (text !== '') actions.feed(text);
      if (textProblem(own, shape.letters, shape.blockSize - 1) !== '') choose({ own: '' });
      const isReadable = name !== '' && textProblem(name, shape.letters, Infinity) === '';
      if (isReadable && (!isCycling || list.includes(name))) return;
      choose({ name: list.includes(DEFAULT_CHOICES.name) ? DEFAULT_CHOICES.name : list[0] ?? '' });
      if (name !== '' && !isCycling) actions.notify(frameWords.badName(name));
    },

    /** Called when a run came to its end, or broke. */
    reached() {
      const { step, end, status, brokenStep } = read();
      if (step >= end && brokenStep === null) {
        choose({ hasEnded: true });
        say(`${frameWords.ended(step)} ${frameWords.status(status, brokenStep)}`);
      }
    },
    /** @param {import('../core/state.js').Depth} depth */
    depth: (depth) => choose({ depth }),
    showKeys: () => actions.togglePanel('keys'),
    /** @param {import('../core/state.js').Panel} panel */
    togglePanel: (panel) => choose({ panel: read().panel === panel ? null : panel }),
    /** Opens or closes a panel. @param {import('../core/state.js').Panel | null} panel */
    panel: (panel) => choose({ panel }),

    /** Closes the strip under the run bar. */
    closeStrip() {
      if (read().notice !== null) dispatch({ kind: 'notice', notice: null });
      else choose({ hasEnded: false });
    },
    goTo,

    /** Does what a notice offers. @param {Offer} offer */
    accept(offer) {
      const { brokenStep, readings, settings } = read();
      dispatch({ kind: 'notice', notice: null });
      if (offer === 'goOn') actions.train();
      else if (offer === 'back') actions.back();
      else if (offer === 'lastGood') actions.visit((brokenStep ?? 1) - 1);
      else if (offer === 'openAnyway') open();
      else if (offer === 'slower') actions.newRun({ lr: settings.lr / 10 });
      else if (offer === 'best') {
        const best = readings.reduce((least, reading) => (reading.loss < least.loss ? reading : least), readings[0] ?? { step: 0, loss: 0 });
        actions.visit(best.step);
      }
    },
    /** Tells what went wrong or was done. @param {string} text @param {Offer | null} [offer] @param {string} [label] of the offer */
    notify(text, offer = null, label = offer === null ? '' : frameWords.offers[offer]) {
      dispatch({ kind: 'notice', notice: { text, offer, label } });
      say(text);
    },
    /** A new seed, chosen by the machine's own dice. */
    newSeed() {
      const old = read().settings.seed;
      actions.newRun({ seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 });
      actions.notify(frameWords.newSeed(read().settings.seed), 'back', frameWords.backToSeed(old));
      const { notice } = read();
      setTimeout(() => {
        if (read().notice === notice) dispatch({ kind: 'notice', notice: null });
      }, BACK_PERIOD);
    },
  };
  return actions;
}
