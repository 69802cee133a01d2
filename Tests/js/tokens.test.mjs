// The colours of tokens.css: contrast and difference not below what they were chosen for, computed from the stylesheet.
import assert from 'node:assert/strict';
import test from 'node:test';
import { rampColour, rampTable } from '../../Web/core/palette.js';
import { SIGHTS, apart, contrast, lab, rule, rules, tokens } from './colour.mjs';

/** Contrast on paper, sheet and well, as chosen. */
const CONTRAST = {
  light: {
    ink: [14.3, 15.6, 13.1], 'ink-2': [6.9, 7.5, 6.3], q: [5.1, 5.5, 4.6], k: [7.3, 7.9, 6.7], v: [8.4, 9.1, 7.7],
    'pos-ink': [5.8, 6.3, 5.3], 'neg-ink': [7.0, 7.6, 6.4], bar: [4.0, 4.3, 3.6], edge: [3.8, 4.1, 3.4],
  },
  dark: {
    ink: [14.5, 13.4, 15.4], 'ink-2': [7.8, 7.1, 8.2], q: [12.2, 11.2, 12.9], k: [6.7, 6.2, 7.1], v: [6.0, 5.6, 6.4],
    'pos-ink': [11.8, 10.8, 12.5], 'neg-ink': [7.4, 6.8, 7.9], bar: [8.3, 7.7, 8.8], edge: [4.0, 3.7, 4.3],
  },
};
/** What text needs, and what is larger than text. */
const needOf = (name) => (name === 'bar' || name === 'edge' ? 3 : 4.5);
const GROUNDS = ['paper', 'sheet', 'well'];
const PALETTES = ['amber-red', 'blue-orange'];

/** Difference of +v and −v at ¼, ½ and 1, as chosen. */
const SIGNS = {
  light: { protan: [18, 38, 38], deutan: [13, 26, 33], tritan: [13, 26, 29] },
  dark: { protan: [18, 36, 39], deutan: [13, 27, 25], tritan: [12, 24, 32] },
};
/** The smallest difference of two roles over all sights, as chosen. */
const ROLES = { light: [['q', 'k', 14], ['q', 'v', 14], ['k', 'v', 15]], dark: [['q', 'k', 18], ['q', 'v', 16], ['k', 'v', 23]] };

/** The colour of a value from −1 to 1. */
function ramp(theme, palette) {
  const colours = tokens(theme, palette);
  const table = rampTable(['neg', 'neg-mid', 'zero', 'pos-mid', 'pos'].map(colours));
  return (value) => rampColour(table, value, 1);
}
const least = (one, other) => Math.min(...Object.keys(SIGHTS).map((sight) => apart(one, other, sight)));

for (const theme of ['light', 'dark']) {
  test(`${theme}: contrast on paper, sheet and well is what it was chosen for`, () => {
    const colour = tokens(theme);
    for (const [name, chosen] of Object.entries(CONTRAST[theme])) {
      GROUNDS.forEach((ground, index) => {
        const found = contrast(colour(name), colour(ground));
        assert.ok(found >= chosen[index] - 0.05, `${name} on ${ground}: ${found}, chosen for ${chosen[index]}`);
        assert.ok(found >= needOf(name), `${name} on ${ground}: ${found}`);
      });
    }
  });

  test(`${theme}: both palettes can be read`, () => {
    for (const palette of PALETTES) {
      const colour = tokens(theme, palette);
      for (const name of ['pos-ink', 'neg-ink', 'bar']) {
        for (const ground of GROUNDS) {
          const found = contrast(colour(name), colour(ground));
          assert.ok(found >= needOf(name), `${palette}: ${name} on ${ground}: ${found}`);
        }
      }
    }
  });

  test(`${theme}: query, key, value and ink stay apart with every kind of sight`, () => {
    const colour = tokens(theme);
    for (const [one, other, chosen] of [...ROLES[theme], ...['q', 'k', 'v'].map((role) => [role, 'ink', 14])]) {
      const found = least(colour(one), colour(other));
      assert.ok(found >= chosen - 1, `${one} and ${other}: ${found}, chosen for ${chosen}`);
    }
  });

  test(`${theme}: plus and minus stay apart with every kind of sight`, () => {
    const at = ramp(theme, 'amber-red');
    for (const [sight, chosen] of Object.entries({ ...SIGNS[theme], normal: [24, 40, 40] })) {
      [0.25, 0.5, 1].forEach((value, index) => {
        const found = apart(at(value), at(-value), sight);
        assert.ok(found >= chosen[index] - 1, `±${value}, ${sight}: ${found}, chosen for ${chosen[index]}`);
      });
    }
  });

  test(`${theme}: orange and blue stay further apart, also at different magnitudes`, () => {
    const at = ramp(theme, 'blue-orange');
    for (const [value, chosen] of [[0.25, 28], [0.5, 45], [1, 45]]) {
      assert.ok(least(at(value), at(-value)) >= chosen - 1, `±${value}: ${least(at(value), at(-value))}, chosen for ${chosen}`);
    }
    const values = Array.from({ length: 13 }, (_, index) => 0.4 + index / 20);
    for (const plus of values) {
      for (const minus of values) {
        assert.ok(least(at(plus), at(-minus)) >= 39, `+${plus} and −${minus}: ${least(at(plus), at(-minus))}, chosen for 40`);
      }
    }
  });

  test(`${theme}: amber is lighter than red at equal magnitude, and more is further from zero`, () => {
    const at = ramp(theme, 'amber-red');
    let before = 0;
    for (let index = 1; index <= 20; index += 1) {
      const value = index / 20;
      const difference = lab(at(value))[0] - lab(at(-value))[0];
      assert.ok(difference > 0 && (value < 0.25 || difference > 10), `±${value}: ${difference}`);
      const distance = apart(at(value), at(0));
      assert.ok(distance > before, `+${value} is no further from zero than what is less`);
      before = distance;
    }
  });
}

test('the ramp runs from negative over zero to positive, and ends there', () => {
  const table = rampTable(['#8a0528', '#cb4359', '#e9e2d2', '#f0b73c', '#cb8507']);
  assert.equal(table.length, 256);
  assert.deepEqual([-1, -9, -Infinity].map((value) => rampColour(table, value, 1)), Array(3).fill('rgb(138 5 40)'));
  assert.deepEqual([1, 9, Infinity].map((value) => rampColour(table, value, 1)), Array(3).fill('rgb(203 133 7)'));
  assert.equal(rampColour(table, 6, 6), rampColour(table, 1, 1), 'a scale is where the ramp ends');
  for (const colour of table) assert.match(colour, /^rgb\(\d{1,3} \d{1,3} \d{1,3}\)$/);
});

test('what is repeated for a chosen theme is what the system’s theme gives', () => {
  const dark = '(prefers-color-scheme: dark)';
  assert.deepEqual(rule(':root[data-theme="dark"]'), rule(':root:not([data-theme="light"])', dark));
  assert.deepEqual(
    rule(':root[data-palette="blue-orange"][data-theme="dark"]'), rule(':root[data-palette="blue-orange"]:not([data-theme="light"])', dark));
  assert.equal(rule(':root[data-theme="dark"]')['color-scheme'], 'dark');
  assert.equal(rule(':root')['color-scheme'], 'light');
  assert.equal(rules.length, 6, 'there are no others');
});

test('every colour of the light theme has one in the dark, but those that name another', () => {
  const colours = Object.entries(rule(':root')).filter(([, value]) => value.startsWith('#')).map(([name]) => name);
  assert.deepEqual(Object.keys(rule(':root[data-theme="dark"]')).filter((name) => name !== 'color-scheme'), colours);
  assert.ok(colours.length >= 18, `${colours.length} colours`);
});
