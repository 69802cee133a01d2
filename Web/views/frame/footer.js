// The state on show in digits: step, fingerprint, weights, speed, engine.

import { NUMERICS } from '../../core/address.js';
import { frameWords } from '../../words/frame.js';
import { setText } from '../elements.js';

/** @param {HTMLElement} root @param {number} engineBytes @returns {import('../../page/view.js').View} */
export function footerView(root, engineBytes) {
  return {
    root: null,
    draw(_, { shape, fingerprint, step, stepsPerSecond }) {
      if (shape === null || fingerprint === '') return;
      setText(root, frameWords.footer(fingerprint, shape.parameters, step, stepsPerSecond, engineBytes, NUMERICS));
    },
  };
}
