// Pace: how far a run has come after so many seconds of running.

/** @typedef {'story' | 'full' | 1 | 5 | 50 | 500} Pace steps a second, the story's, or as fast as it goes */

/** @type {readonly Pace[]} */
export const PACES = Object.freeze(/** @type {Pace[]} */ (['story', 1, 5, 50, 500, 'full']));

const STORY_SECONDS = 30;
const STORY_STEPS = 5000;
const STEPS_A_SECOND_AFTER = 500;

/** The step that the story has reached after `seconds` of running: slow at first, 5,000 steps in 30 s, then 500 a second. @param {number} seconds @returns {number} */
export function storyStep(seconds) {
  if (seconds >= STORY_SECONDS) return STORY_STEPS + Math.floor((seconds - STORY_SECONDS) * STEPS_A_SECOND_AFTER);
  return Math.max(Math.floor(2 * seconds), Math.floor(STORY_STEPS * (seconds / STORY_SECONDS) ** 3));
}

/** The seconds after which the story is at `step`: where it goes on from. @param {number} step @returns {number} */
export function storySeconds(step) {
  if (step >= STORY_STEPS) return STORY_SECONDS + (step - STORY_STEPS) / STEPS_A_SECOND_AFTER;
  return step < 7 ? step / 2 : STORY_SECONDS * Math.cbrt(step / STORY_STEPS);
}

/**
 * The step to have reached `seconds` after running on from step `from`.
 * @param {Pace} pace @param {number} from @param {number} seconds @returns {number}
 */
export function targetStep(pace, from, seconds) {
  if (pace === 'full') return Infinity;
  if (pace === 'story') return Math.max(from, storyStep(storySeconds(from) + seconds));
  return from + Math.floor(pace * seconds);
}
