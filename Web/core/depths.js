// The three depths of the page and how long each takes to read.

/** @type {readonly { depth: import('./state.js').Depth, label: string, minutes: number }[]} */
export const DEPTHS = Object.freeze([
  { depth: 'minimal', label: 'Minimal', minutes: 5 },
  { depth: 'focused', label: 'Focused', minutes: 20 },
  { depth: 'advanced', label: 'Advanced', minutes: 60 },
]);
