// Starts the lesson sheet: it knows where engine and names come from.

import { fillLesson } from './page/lesson-sheet.js';
import { lessonWords } from './words/lesson.js';

async function lessonBoot() {
  try {
    const [engine, list] = await Promise.all([fetch('engine.wasm'), fetch('dinosaurs.txt')]);
    const module = await WebAssembly.compile(await engine.arrayBuffer());
    await fillLesson(module, new Uint8Array(await list.arrayBuffer()));
  } catch {
    const status = document.querySelector('#lesson-status');
    if (status !== null) status.textContent = lessonWords.failed;
  }
}

lessonBoot();
