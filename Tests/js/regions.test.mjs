// The source lines that the page shows are those of the files; a region that is missing stops the build with a sentence.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { REGIONS, regionsOf } from '../../Web/core/regions.js';
import { passRows } from '../../Web/core/pass.js';

const root = new URL('../../', import.meta.url).pathname;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gptosaurus-regions.'));
test.after(() => fs.rmSync(folder, { recursive: true }));

/** Cuts the regions of a tree: what was said, and what came of it. */
function cut(folderOfTree) {
  const out = path.join(folder, 'sources.json');
  const { status, stderr } = spawnSync('sh', [path.join(root, 'Scripts/cut-regions.sh'), out, folderOfTree], { encoding: 'utf8' });
  return { status, stderr, sources: status === 0 ? JSON.parse(fs.readFileSync(out, 'utf8')) : null };
}

/** A small tree that asks for regions and has a file. */
function tree(name, asked, lines) {
  const at = path.join(folder, name);
  fs.mkdirSync(path.join(at, 'Web/core'), { recursive: true });
  fs.mkdirSync(path.join(at, 'Sources/TinyGPT'), { recursive: true });
  fs.writeFileSync(path.join(at, 'Web/core/regions.js'), asked.map((one) => `  '${one}',\n`).join(''));
  fs.writeFileSync(path.join(at, 'Sources/TinyGPT/A.swift'), lines.join('\n'));
  return at;
}

test('the lines of each region are those of its file', () => {
  const { status, stderr, sources } = cut(root);
  assert.equal(status, 0, stderr);
  assert.deepEqual(Object.keys(sources), [...REGIONS]);
  for (const [name, { file, first, lines }] of Object.entries(sources)) {
    const all = fs.readFileSync(path.join(root, file), 'utf8').split('\n');
    assert.deepEqual(lines, all.slice(first - 1, first - 1 + lines.length), name);
    assert.match(all[first - 2], new RegExp(`// region: ${name}$`));
    assert.match(all[first - 1 + lines.length], /\/\/ end region$/);
  }
});

test('every box of the pass has code, forwards and backwards, and no region is left over', () => {
  const shape = { nLayer: 1, nEmbd: 4, nHead: 1, mlpRatio: 1, blockSize: 4, vocabSize: 3, letters: [] };
  const used = new Set(passRows(shape, 2).flatMap(({ part }) =>
    [true, false].flatMap((isBackward) => [true, false].flatMap((isWeight) => regionsOf(part, isBackward, isWeight)))));
  assert.deepEqual([...used].sort(), [...REGIONS].sort());
});

test('quotes, backslashes and letters of all kinds stay as they are', () => {
  const lines = ['// region: one', '  let a = "\\n" + "√∑"', '', '// end region', ''];
  assert.deepEqual(cut(tree('plain', ['one'], lines)).sources.one, { file: 'Sources/TinyGPT/A.swift', first: 2, lines: lines.slice(1, 3) });
});

test('what is missing, unasked, open or double is refused with a sentence', () => {
  const cases = {
    missing: [['one', 'two'], ['// region: one', 'x', '// end region'], /the page shows the region two, but Sources\/TinyGPT has none/],
    unasked: [['one'], ['// region: one', 'x', '// end region', '// region: two', 'y', '// end region'], /region two of .*A\.swift is asked for by nothing/],
    open: [['one'], ['// region: one', 'x'], /region one of .*A\.swift has no end/],
    double: [['one'], ['// region: one', 'x', '// end region', '// region: one', 'y', '// end region'], /region one stands twice/],
    none: [[], ['x'], /lists no region/],
  };
  for (const [name, [asked, lines, sentence]] of Object.entries(cases)) {
    const { status, stderr } = cut(tree(name, asked, lines));
    assert.notEqual(status, 0, name);
    assert.match(stderr, sentence);
  }
});
