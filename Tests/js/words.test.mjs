// The words of the page: its rules of style, in the files of words and in index.html.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { PACES } from '../../Web/core/story.js';
import { frameWords } from '../../Web/words/frame.js';
import { modules, source, web } from './join.mjs';
import { headingsOf, stringsOf, textsOf } from './strings.mjs';

const html = fs.readFileSync(`${web}index.html`, 'utf8');

/** Every text and where it stands; imports name files, not words. */
const texts = [
  ...modules().filter((file) => file.startsWith('words/')).flatMap((file) =>
    stringsOf(source(file)).filter((text) => !/^\.\.?\/.*\.js$/.test(text)).map((text) => ({ file, text }))),
  ...textsOf(html).map((text) => ({ file: 'index.html', text })),
];

/** Fails with all texts that a pattern finds. */
function none(pattern, what) {
  const found = texts.filter(({ text }) => pattern.test(text)).map(({ file, text }) => `${file}: ${text}`);
  assert.deepEqual(found, [], what);
}

test('strings are found in code, in templates and in what these fill in, comments are not', () => {
  const code = "// 'no'\nconst a = { b: 'it’s', c: `one ${d ? 'two' : `three ${e({ f: 1 })}`} four` }; /* \"no\" */ g(\"a \\\" b\");";
  assert.deepEqual(stringsOf(code), ['it’s', 'two', 'three {}', 'one {} four', 'a " b']);
  assert.deepEqual(textsOf('<p>One <b>two</b>\n three</p><!-- no --><input placeholder="four">'), ['four', 'One two three']);
  assert.ok(texts.length > 200, `${texts.length} texts`);
  for (const text of ['Train it', 'Untrained: every letter is about as likely as any other.', 'Same dice, seven ages']) {
    assert.ok(texts.some((one) => one.text === text), text);
  }
});

test('no word talks down or marvels', () => none(/\b(?:simply|just|obviously|magic(?:al|ally)?)\b/i, 'words that explain nothing'));

test('nothing is exclaimed', () => none(/!/, 'exclamation marks'));

test('a minus is a true minus', () => {
  // A hyphen before a digit, or between blanks, is a minus or a dash.
  none(/(?:^|[\s(=×^{}])-(?=\s|\d|\{)/, 'hyphens as minus');
});

test('quotes and apostrophes are set, not typed', () => none(/\w'\w|"/, 'straight quotes'));

test('the model does not want, think or understand', () =>
  none(/\b(?:it|model|head|GPT) (?:wants|thinks|understands|believes|feels)\b/i, 'verbs that it does not do'));

test('no heading of a part contains “step”: that is a training step and nothing else', () => {
  const headings = headingsOf(html);
  const parts = headings.filter(({ level, isFigure }) => level <= 2 && !isFigure);
  assert.ok(parts.length >= 4, `${parts.length} headings`);
  assert.deepEqual(parts.filter(({ text }) => /step/i.test(text)), []);
  assert.equal(headings.filter(({ level }) => level === 1).length, 1);
  headings.forEach(({ level, text }, index) => {
    assert.ok(index === 0 || level <= headings[index - 1].level + 1, `${text}: a level is left out`);
  });
});

test('every pace, every offer and every label has words', () => {
  const paces = PACES.map(frameWords.pace);
  assert.equal(new Set(paces).size, PACES.length);
  for (const offer of ['goOn', 'back', 'best', 'lastGood', 'slower', 'dismiss', 'openAnyway']) assert.ok(frameWords.offers[offer], offer);
  const name = (ended, known, heldOut) => frameWords.label({ ended, known, heldOut });
  const labels = [name(true, false, false), name(true, true, false), name(true, true, true), name(false, false, false)];
  assert.deepEqual(labels.map(({ word }) => word), ['new', 'known', 'found again', 'cut']);
  assert.deepEqual(labels.map(({ shape }) => shape), ['○', '●', '★', '⌁']);
  assert.deepEqual(name(false, true, false).word, 'cut', 'a name without its END is none');
  assert.deepEqual([frameWords.headName(0, 1), frameWords.headName(null, 1)], ['1.2', '2 of all layers']);
});
