// Joins the page's modules by plain concatenation, as a single HTML file needs them, and checks the rules that allow it.
import fs from 'node:fs';
import path from 'node:path';

export const web = new URL('../../Web/', import.meta.url).pathname;

const IMPORT = /^import (?:\{[^}]*\} from )?'([^']+)';\n/gm;

/** Every module of Web/, relative to it. */
export function modules() {
  return fs.readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js')).sort();
}

export const source = (file) => fs.readFileSync(path.join(web, file), 'utf8');

/** The modules that a module imports, relative to Web/. */
export function importsOf(file) {
  return Array.from(source(file).matchAll(IMPORT), ([, from]) => path.join(path.dirname(file), from));
}

/** The names that a module has at its top level. */
export function topLevelNames(file) {
  const declared = source(file).matchAll(/^(?:export )?(?:async )?(?:const|let|var|function|class) (?:\{([^}]*)\}|\[([^\]]*)\]|(\w+))/gm);
  return Array.from(declared, ([, object, array, name]) => name ?? object ?? array).flatMap((names) => names.split(/\s*,\s*/));
}

/** A module and all that it needs, in order: each after what it imports. Throws on a cycle. */
export function ordered(entry, done = [], open = []) {
  if (done.includes(entry)) return done;
  if (open.includes(entry)) throw new Error(`cycle: ${[...open, entry].join(' → ')}`);
  for (const needed of importsOf(entry)) ordered(needed, done, [...open, entry]);
  done.push(entry);
  return done;
}

/** One classic script of a module and all that it needs. */
export function join(entry) {
  const parts = ordered(entry).map((file) =>
    source(file).replace(IMPORT, '').replace(/^export \{[^}]*\};\n/gm, '').replace(/^export /gm, ''));
  return `'use strict';\n${parts.join('\n')}`;
}
