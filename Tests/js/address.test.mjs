// The address: a state goes in and comes out again; what can't be is told and left out.
import assert from 'node:assert/strict';
import test from 'node:test';
import { FURTHEST, NUMERICS, formatAddress, isDemanding, parseAddress } from '../../Web/core/address.js';
import { ALL_NAMES } from '../../Web/core/names.js';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { DEFAULT_CHOICES, defaults } from '../../Web/core/state.js';
import { PACES } from '../../Web/core/story.js';
import { below, dice } from './harness.mjs';

const HOSTILE = [
  '<img src=x onerror=alert(1)>', '"><script>', 'a&seed=7#step=9', '%00%E0%A4%A', '+ +', 'é🦕', '../..', 'javascript:alert(1)', '\n\t', '__proto__', '=', '',
];

/** A state with a value of its own at about half of what an address holds. */
function randomState(roll) {
  const whole = (most) => below(roll, most + 1);
  const text = () => HOSTILE[whole(HOSTILE.length - 1)] + String.fromCodePoint(97 + whole(25), 945 + whole(20), 0x1f980 + whole(9));
  const one = (values) => values[whole(values.length - 1)];
  const settings = {
    seed: whole(4294967295), layers: 1 + whole(5), width: 8 * (1 + whole(20)), heads: 1 + whole(7), context: 2 + whole(60), mlpRatio: 1 + whole(7),
    lr: roll() ** 9 + 1e-9, beta1: roll() * 0.99, beta2: roll() * 0.9999, floor: roll(), horizon: 1 + whole(1e6), initStd: roll(), holdOut: roll() * 0.9,
    batch: 1 + whole(99),
  };
  const choices = {
    name: text(), isCycling: roll() < 0.5, text: text(), own: text(), depth: one(['minimal', 'focused', 'advanced']), theme: one(['auto', 'light', 'dark']),
    palette: one(['amber-red', 'blue-orange']), temperature: roll() * 5, topK: whole(200), topP: 0.01 + roll() * 0.99, dice: whole(4294967295),
    a: whole(FURTHEST), b: roll() < 0.3 ? null : whole(FURTHEST), pace: one(PACES), off: one(['', 'heads', '1.2,2.3,mlp1', 'heads,mlp2']),
  };
  const some = (all) => Object.fromEntries(Object.entries(all).filter(() => roll() < 0.5));
  return defaults({ settings: { ...DEFAULT_SETTINGS, ...some(settings) }, step: roll() < 0.3 ? 0 : whole(FURTHEST), ...some(choices) });
}

/** What an address holds, beside settings and step. */
const KEYS = ['name', 'text', 'own', 'depth', 'theme', 'palette', 'temperature', 'topK', 'topP', 'dice', 'a', 'b', 'pace', 'off'];

test('an address restores what it was made from', () => {
  for (let seed = 0; seed < 500; seed += 1) {
    const state = randomState(dice(seed));
    const fragment = formatAddress(state);
    const { settings, step, choices, problems } = parseAddress(`#${fragment}`);
    assert.deepEqual([settings, step, problems], [state.settings, state.step, []], `seed ${seed}`);
    const restored = defaults({ ...choices, settings, step });
    for (const key of KEYS) {
      const isShown = key !== 'name' || !state.isCycling;
      assert.deepEqual(restored[key], isShown ? state[key] : DEFAULT_CHOICES[key], `seed ${seed}: ${key}`);
    }
    if (restored.name !== DEFAULT_CHOICES.name) assert.equal(restored.isCycling, false, 'a name that was chosen stays');
    assert.equal(formatAddress(restored), fragment, `seed ${seed}: the same again`);
  }
});

test('an address holds only what differs from the defaults, and the version of the digits', () => {
  assert.equal(formatAddress(defaults()), '');
  assert.equal(formatAddress(defaults({ step: 500, depth: 'minimal' })), `step=500&depth=minimal&v=${NUMERICS}`);
  const own = { marksSigns: true, panel: 'more', layer: 1, head: 2, hasEnded: true, isTraining: true, end: 9000, furthest: 70 };
  assert.equal(formatAddress(defaults({ a: null })), '', 'what is not chosen is not written');
  assert.equal(formatAddress(defaults(own)), '', 'what only this page has is not in it');
});

test('neither the name that changes by itself nor a text with a problem is in the address', () => {
  assert.equal(formatAddress(defaults({ name: 'rex', isCycling: true })), '');
  assert.equal(formatAddress(defaults({ text: 'é', textProblem: 'No.' })), '');
  assert.match(formatAddress(defaults({ name: 'rex', isCycling: false })), /name=rex/);
});

const BAD = {
  step: ['-1', '1.5', 'x', '', '1000001', 'NaN', 'Infinity'], seed: ['-1', '4294967296', '0.5', 'abc'], layers: ['0', 'two', '65'], width: ['0', ''],
  heads: ['0', '-3'], context: ['1', '257'], mlpRatio: ['0', '1e9'], lr: ['0', '-1', '1e99'], beta1: ['1', '-0.1'], beta2: ['1', 'x'], floor: ['1.1', '-1'],
  horizon: ['0', '2.5'], initStd: ['-1', 'x'], holdOut: ['1', '-0.1'], batch: ['0', '1.5'], temperature: ['-1', '6', 'hot'], topK: ['-1', '0.5', '201'],
  topP: ['0', '1.1'], dice: ['-1', 'six'], a: ['-1', 'x'], b: ['1.5', '-2'], depth: ['deep', '', 'Minimal'], theme: ['pink', '__proto__'],
  palette: ['constructor', 'red'], pace: ['2', 'fast', ''], off: ['tails', ''],
};

test('each value that can’t be gives one sentence and the default', () => {
  for (const [key, values] of Object.entries(BAD)) {
    for (const value of values) {
      const { settings, step, choices, problems } = parseAddress(new URLSearchParams({ [key]: value }).toString());
      assert.deepEqual([settings, step, choices], [DEFAULT_SETTINGS, 0, {}], `${key}=${value}`);
      assert.equal(problems.length, 1, `${key}=${value}: ${problems.length} sentences`);
      assert.match(problems[0], /^The address says .* can’t be; the default is used\.$/);
      assert.ok(problems[0].includes(`${key}=${value}`), problems[0]);
    }
  }
  const all = parseAddress(new URLSearchParams(Object.entries(BAD).map(([key, [value]]) => [key, value])).toString());
  assert.deepEqual([all.settings, all.choices, all.problems.length], [DEFAULT_SETTINGS, {}, Object.keys(BAD).length]);
});

test('a bad value leaves the good ones alone', () => {
  const { settings, step, choices, problems } = parseAddress('#seed=7&layers=x&step=12&depth=deep&theme=dark');
  assert.deepEqual([settings, step, choices, problems.length], [{ ...DEFAULT_SETTINGS, seed: 7 }, 12, { theme: 'dark' }, 2]);
});

test('keys that there are not are ignored', () => {
  for (const fragment of ['', '#', 'unknown=1', '__proto__=1&constructor=2&toString=3', 'SEED=7', '%E0%A4%A=%&&==', 'isWithoutHeads=1&panel=more&end=9']) {
    assert.deepEqual(parseAddress(fragment), { settings: { ...DEFAULT_SETTINGS }, names: ALL_NAMES, step: 0, choices: {}, problems: [] }, fragment);
  }
});

test('a hostile text stays text, and no longer than texts are', () => {
  for (const text of HOSTILE) {
    const { settings, step, choices } = parseAddress(new URLSearchParams({ text, own: text, name: text }).toString());
    assert.deepEqual([settings, step], [DEFAULT_SETTINGS, 0]);
    assert.deepEqual(choices, { text, own: text, name: text, isCycling: false });
  }
  const { choices } = parseAddress(`text=a${'🦕'.repeat(99999)}`);
  assert.ok(choices.text.length <= 512 && choices.text.startsWith('a🦕'));
  assert.ok(choices.text.isWellFormed?.() ?? !/[\ud800-\udbff]$/.test(choices.text), 'no letter is cut in half');
});

test('a link of another version of the digits says so, and opens', () => {
  const { settings, problems } = parseAddress(`v=${NUMERICS + 1}&seed=7`);
  assert.equal(settings.seed, 7);
  assert.equal(problems.length, 1);
  assert.match(problems[0], new RegExp(`engine ${NUMERICS + 1} and this page is ${NUMERICS}`));
  assert.deepEqual(parseAddress(`v=${NUMERICS}`).problems, []);
});

test('only far steps and large models are asked about first', () => {
  const asks = (fragment) => isDemanding(parseAddress(fragment));
  assert.deepEqual(['', 'step=20000', 'width=64&layers=4', 'lr=1'].map(asks), [false, false, false, false]);
  assert.deepEqual(['step=20001', 'width=512', 'layers=64&width=64'].map(asks), [true, true, true]);
});
