// The measures of a head that have a column or a line.

/** Names measured at first, as the command line does. */
export const FEW_NAMES = 80;
/** @type {readonly import('../engine/messages.js').MeasureName[]} */
export const MEASURE_COLUMNS = Object.freeze(['start', 'before', 'itself', 'vowels', 'repeats', 'spread']);
