// What a view is: it says what it wants to know of the step on show, and draws it inside its own element.

/** @typedef {import('../core/questions.js').AnyQuestion} AnyQuestion */
/** @typedef {import('../core/state.js').State} State */

/**
 * @typedef {object} View
 * @property {HTMLElement | null} root what must be in sight for it to ask and draw; null: always
 * @property {((state: State) => readonly AnyQuestion[]) | undefined} [asks]
 * @property {(state: State, calm: State) => void} draw `calm` is the state as texts show it, a few times a second
 */

export {};
