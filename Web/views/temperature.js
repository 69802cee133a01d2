// The temperature of the dice: three buttons and, where there is one, a slider. All of them set the same number.

import { frameWords } from '../words/frame.js';
import { button, element, setAttribute, setText, setValue } from './elements.js';

const TEMPERATURES = [0.5, 0.8, 1.2];

/**
 * @param {HTMLElement} root @param {import('../page/actions.js').Actions} actions
 * @returns {(state: import('../core/state.js').State) => void}
 */
export function temperatureControl(root, actions) {
  root.classList.add('temperature');
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', frameWords.temperatureTitle);
  const choices = TEMPERATURES.map((temperature) => ({ temperature, choice: button(String(temperature), () => actions.choose({ temperature })) }));
  const slider = element('input', { type: 'range', min: '0.1', max: '2', step: '0.1', 'aria-label': frameWords.temperatureTitle, 'data-depth': 'focused' });
  const value = element('span', { class: 'temperature-value' });
  slider.addEventListener('input', () => actions.choose({ temperature: slider.valueAsNumber }));
  root.append(...choices.map(({ choice }) => choice), slider, value);
  return ({ temperature }) => {
    for (const one of choices) setAttribute(one.choice, 'aria-pressed', String(one.temperature === temperature));
    setValue(slider, String(temperature));
    setText(value, frameWords.temperature(temperature));
  };
}
