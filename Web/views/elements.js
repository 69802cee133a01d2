// Small helpers for views.

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button. @param {string} label @param {() => void} press @param {Record<string, string>} [attributes] */
export function button(label, press, attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, [label]);
  made.addEventListener('click', press);
  return made;
}

/** The element that a view needs. @param {ParentNode} root @param {string} selector @returns {HTMLElement} */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** An element by its data-part. @param {ParentNode} root @param {string} name @returns {HTMLElement} */
export const part = (root, name) => find(root, `[data-part="${name}"]`);

/** Sets text only where it changed: screen readers and layout are left in peace. @param {Element} target @param {string} text */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Sets an attribute only where it changed. @param {Element} target @param {string} name @param {string} value */
export function setAttribute(target, name, value) {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Sets a control's value, unless the reader is at it. @param {HTMLInputElement | HTMLSelectElement} control @param {string} value */
export function setValue(control, value) {
  if (control.value !== value && document.activeElement !== control) control.value = value;
}

/**
 * Remembers values: answers whether any changed since the last call.
 * @returns {(...values: unknown[]) => boolean}
 */
export function changes() {
  /** @type {unknown[] | null} */
  let last = null;
  return (...values) => {
    if (last !== null && values.length === last.length && values.every((value, index) => Object.is(value, last?.[index]))) return false;
    last = values;
    return true;
  };
}

/** Adjusts the number of children of a list: makes what is missing, removes what is too much. @param {Element} list @param {number} count @param {(index: number) => Element} make */
export function fillTo(list, count, make) {
  while (list.children.length > count) list.lastElementChild?.remove();
  while (list.children.length < count) list.append(make(list.children.length));
}

/**
 * The width of an element, without asking for a layout; 0 before it is known.
 * @param {Element} target @param {() => void} changed @returns {() => number} CSS pixels
 */
export function widthOf(target, changed) {
  let width = 0;
  new ResizeObserver((entries) => {
    const now = entries[0]?.contentRect.width ?? 0;
    if (now === width) return;
    width = now;
    changed();
  }).observe(target);
  return () => width;
}

/**
 * Fits a canvas to its box and the screen's pixels.
 * @param {HTMLCanvasElement} canvas @param {number} width CSS pixels @param {number} height CSS pixels
 * @returns {CanvasRenderingContext2D} in CSS pixels, cleared
 */
export function fitCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [pixelsWide, pixelsHigh] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixelsWide || canvas.height !== pixelsHigh) {
    canvas.width = pixelsWide;
    canvas.height = pixelsHigh;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser can’t draw on a canvas.');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** A name as it is printed: a finished one capitalised, as genera are. @param {{ text: string, ended: boolean }} name @returns {string} */
export function printedName(name) {
  if (!name.ended) return `${name.text}…`;
  const [first = '', ...rest] = name.text;
  return first.toUpperCase() + rest.join('');
}

/** Shows a generated name in an element, finished in italics, else in letters. @param {HTMLElement} target @param {{ text: string, ended: boolean } | undefined} name @param {string} waiting */
export function setName(target, name, waiting) {
  setText(target, name === undefined ? waiting : printedName(name));
  const kind = name === undefined ? 'waiting' : name.ended ? 'name' : 'raw';
  if (target.dataset['kind'] !== kind) target.dataset['kind'] = kind;
}
