// Terms that were explained before open their meaning in place: the first later use in each section is a quiet button.

import { glossary } from '../../words/glossary.js';
import { button, changes, element } from '../elements.js';

/** @typedef {import('../../words/glossary.js').Term} Term */

/** Prose: figures keep their own controls, and what code writes is left to it. */
const PROSE_BLOCKS = 'p, dd, li';
const NO_PROSE = 'figure, .predict, .try, .row, .field, .status, .problem, .eyebrow, .ideas, .papers, #journey, [data-part], nav';
const NO_TEXT = 'dfn, button, a, code, span';

/** @param {HTMLElement} root the page's main element @returns {import('../../page/view.js').View} */
export function glossaryView(root) {
  /** The open meaning and the button that opened it. @type {{ trigger: HTMLButtonElement, meaning: HTMLElement } | null} */
  let open = null;
  /** @type {HTMLButtonElement[]} */
  let marked = [];

  function close() {
    open?.meaning.remove();
    open?.trigger.setAttribute('aria-expanded', 'false');
    open = null;
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || open === null) return;
    const { trigger } = open;
    close();
    trigger.focus();
  });
  document.addEventListener('click', ({ target }) => {
    if (open !== null && target instanceof Node && !open.trigger.contains(target) && !open.meaning.contains(target)) close();
  });

  /** @param {Text} text @param {Term} found */
  function mark(text, { pattern, meaning }) {
    const match = pattern.exec(text.data);
    if (match === null) return;
    const rest = text.splitText(match.index);
    rest.splitText(match[0].length);
    const trigger = button(match[0], () => {
      const isOpen = open?.trigger === trigger;
      close();
      if (isOpen) return;
      const shown = element('span', { class: 'meaning', role: 'note' }, [meaning]);
      trigger.after(shown);
      trigger.setAttribute('aria-expanded', 'true');
      open = { trigger, meaning: shown };
    }, { class: 'term', 'aria-expanded': 'false' });
    rest.replaceWith(trigger);
    marked.push(trigger);
  }

  /** Marks what is on the page at a depth. @param {import('../../core/state.js').Depth} depth */
  function markAll(depth) {
    /** @type {Set<string>} */
    const explained = new Set();
    for (const section of root.querySelectorAll('section')) {
      /** @type {Set<string>} */
      const done = new Set();
      for (const block of section.querySelectorAll(PROSE_BLOCKS)) {
        if (depth !== 'advanced' && block.closest('[data-depth="advanced"]') !== null) continue;
        const terms = Array.from(block.querySelectorAll('dfn'), (dfn) => dfn.textContent ?? '');
        for (const known of glossary) {
          if (terms.some((text) => known.pattern.test(text))) {
            explained.add(known.word);
            // Where it is explained it needs no button.
            done.add(known.word);
          }
        }
        if (block.closest(NO_PROSE) !== null) continue;
        for (const known of glossary) {
          if (!explained.has(known.word) || done.has(known.word)) continue;
          const text = textWith(block, known);
          if (text === null) continue;
          mark(text, known);
          done.add(known.word);
        }
      }
    }
  }

  const isNew = changes();
  return {
    root: null,
    draw({ depth }) {
      if (!isNew(depth)) return;
      close();
      for (const trigger of marked) {
        const parent = trigger.parentNode;
        trigger.replaceWith(trigger.textContent ?? '');
        parent?.normalize();
      }
      marked = [];
      if (depth !== 'minimal') markAll(depth);
    },
  };
}

/** The first text of a block that has a term. @param {Element} block @param {Term} known @returns {Text | null} */
function textWith(block, { pattern }) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text && node.parentElement?.closest(NO_TEXT) === null && pattern.test(node.data)) return node;
  }
  return null;
}
