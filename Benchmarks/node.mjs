// The engine and the yardstick by turns in node, in processor time; prints JSON.
//   node Benchmarks/node.mjs ENGINE.wasm YARDSTICK.wasm RUN.json STEPS ROW…     # called by compare.py
import fs from 'node:fs';
import { takeTurns } from './turns.js';

const [, , engine, yardstick, run, steps, ...rows] = process.argv;

/** Milliseconds of the processor: a busy machine spoils them less than those of the wall. */
function clock() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const found = await takeTurns({
  engine: fs.readFileSync(engine), yardstick: fs.readFileSync(yardstick), run: JSON.parse(fs.readFileSync(run, 'utf8')),
  steps: Number(steps), rows, clock,
});
console.log(JSON.stringify(found));
