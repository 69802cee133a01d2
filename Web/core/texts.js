// Texts that a model can be fed.

import { frameWords } from '../words/frame.js';

/**
 * What is wrong with a text, or an empty string.
 * @param {string} text @param {readonly string[]} letters that the model knows @param {number} most letters
 * @returns {string}
 */
export function textProblem(text, letters, most) {
  const all = Array.from(text);
  const place = all.findIndex((letter) => !letters.includes(letter));
  if (place >= 0) return frameWords.unknownLetter(all[place] ?? '', place + 1, letters);
  return all.length > most ? frameWords.tooLong(most) : '';
}

/** A text as it was typed, in letters that the model knows where it knows them: small ones for capitals. @param {string} text @param {readonly string[]} letters @returns {string} */
export function typedText(text, letters) {
  return Array.from(text.trim(), (letter) => (letters.includes(letter) ? letter : letter.toLowerCase())).join('');
}
