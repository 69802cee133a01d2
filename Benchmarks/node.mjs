// Steps a second of the engine as WebAssembly in node, after a warm-up: the median of hundreds.
//   node Benchmarks/node.mjs ENGINE.wasm [STEPS]
import { dinosaurs, engine } from '../Tests/wasm/engine.mjs';

const [, , path, count] = process.argv;
const steps = Number(count) || 5000;
const lab = await engine(path);
lab.startRun(dinosaurs());
lab.train(1000);
// V8 compiles hot functions anew in the background: give it the time.
await new Promise((done) => setTimeout(done, 300));
lab.train(1400);
lab.startRun(dinosaurs());
const hundreds = [];
const start = performance.now();
for (let step = 100; step <= steps; step += 100) {
  const before = performance.now();
  lab.train(step);
  hundreds.push(performance.now() - before);
}
const seconds = (performance.now() - start) / 1000;
hundreds.sort((a, b) => a - b);
console.log(
  `steps ${steps}  steps/s ${(steps / seconds).toFixed(0)} ` +
    `(median of hundreds ${(1e5 / hundreds[hundreds.length >> 1]).toFixed(0)})  fingerprint ${lab.fingerprintDigits()}`);
