// What each message does to the state.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_SETTINGS } from '../../Web/core/settings.js';
import { defaults, fedText, freshRun, readName, versionOf } from '../../Web/core/state.js';
import { update } from '../../Web/core/update.js';

const notice = Object.freeze({ text: 'A sentence.', offer: null, label: '' });
const weights = Float32Array.of(1, 2, 3);

/** What the trainer says of a step. */
const come = (step, rest = {}) => ({
  kind: 'trainer',
  message: {
    kind: 'state', run: 1, step, weights, fingerprint: `f${step}`, firstLoss: 1, losses: new Float64Array(0), readings: [], unread: [],
    stepsPerSecond: 900, ...rest,
  },
});
const says = (message) => ({ kind: 'trainer', message: { run: 1, ...message } });

/** A state after messages; each state before stays as it was. */
function after(state, ...messages) {
  let last = state;
  for (const message of messages) {
    const before = { ...last };
    const next = update(last, message);
    assert.deepEqual(last, before, `${message.kind} changes the state it is given`);
    last = next;
  }
  return last;
}

/** The fields that differ. */
const changed = (before, now) =>
  Object.fromEntries(Object.entries(now).filter(([key, value]) => !Object.is(value, before[key])));

test('train: starts, leaves a visit and a notice, and takes away the offers of the end', () => {
  const state = defaults({ visiting: 3, jumpTo: 9, notice, hasEnded: true });
  assert.deepEqual(
    changed(state, after(state, { kind: 'train' })),
    { isTraining: true, wasStarted: true, visiting: null, jumpTo: null, notice: null, hasEnded: false });
});

test('train: at the end of the run the end moves on', () => {
  assert.equal(after(defaults({ step: 5000, furthest: 5000 }), { kind: 'train' }).end, 10000);
  assert.equal(after(defaults({ step: 4999, furthest: 5000 }), { kind: 'train' }).end, 5000);
});

test('training stops at the end, not before', () => {
  let state = after(defaults({ step: 4990, furthest: 4990 }), { kind: 'train' }, come(4999));
  assert.equal(state.isTraining, true);
  state = after(state, come(5000));
  assert.deepEqual([state.isTraining, state.step, state.furthest, state.end], [false, 5000, 5000, 5000]);
});

test('jump: stops where asked and keeps the end', () => {
  let state = after(defaults(), { kind: 'jump', step: 700 }, come(699));
  assert.deepEqual([state.isTraining, state.jumpTo, state.wasStarted], [true, 700, true]);
  state = after(state, come(700));
  assert.deepEqual([state.isTraining, state.jumpTo, state.end], [false, null, 5000]);
  state = after(state, { kind: 'train' }, come(701));
  assert.equal(state.isTraining, true, 'the run goes on to its end');
  const far = after(defaults(), { kind: 'jump', step: 20000 }, come(5000));
  assert.deepEqual([far.isTraining, far.end], [true, 20000]);
});

test('pause: stops, also on the way of a jump', () => {
  const state = after(defaults(), { kind: 'jump', step: 700 }, { kind: 'pause' });
  assert.deepEqual([state.isTraining, state.jumpTo], [false, null]);
  assert.equal(after(state, { kind: 'train' }, come(700)).isTraining, true, 'the jump is forgotten');
});

test('visit: the step on show changes with its weights, never before', () => {
  let state = after(defaults({ step: 5000, furthest: 5000, fingerprint: 'late', isTraining: true }), { kind: 'visit', step: 4899 });
  assert.deepEqual([state.step, state.visiting, state.fingerprint, state.isTraining], [5000, 4899, 'late', false]);
  state = after(state, come(4999));
  assert.deepEqual([state.step, state.visiting], [4999, 4899]);
  state = after(state, come(4899));
  assert.deepEqual([state.step, state.visiting, state.fingerprint, state.furthest], [4899, null, 'f4899', 5000]);
});

test('visit: only steps that were reached; the one on show is none', () => {
  assert.equal(after(defaults({ step: 10, furthest: 50 }), { kind: 'visit', step: 9000 }).visiting, 50);
  assert.equal(after(defaults({ step: 50, furthest: 50 }), { kind: 'visit', step: 9000 }).visiting, null);
});

test('choose: changes what it says and nothing else', () => {
  const state = defaults({ step: 7, furthest: 9 });
  const choices = { temperature: 1.2, depth: 'advanced', name: 'rex', layer: null, b: 5 };
  assert.deepEqual(changed(state, after(state, { kind: 'choose', choices })), choices);
});

/** A run with something of everything. */
const lived = (run, seed) => defaults({
  ...freshRun(run, { ...DEFAULT_SETTINGS, seed }), step: 40, furthest: 90, end: 10000, weights, fingerprint: `s${seed}`, status: 2,
  losses: Float64Array.of(3, 1), means: Float64Array.of(3), readings: [{ step: 0, loss: 3, shown: 3 }], unread: new Map([[40, weights]]), kept: new Map([[0, weights]]),
  answers: new Map([['q', seed]]), fixedAnswers: new Map([['p', seed]]), brokenStep: 91, list: ['mei'], isHeldOut: [false],
});
const RUN_FIELDS = Object.keys(freshRun(1, DEFAULT_SETTINGS)).filter((key) => key !== 'run');
const runOf = (state) => Object.fromEntries(RUN_FIELDS.map((key) => [key, state[key]]));

test('newRun: begins at nothing, keeps the choices and the last run', () => {
  const old = after(lived(1, 42), { kind: 'choose', choices: { layer: 1, head: 3, a: 20, b: 40, temperature: 1.5, hasEnded: true } });
  const settings = { ...DEFAULT_SETTINGS, seed: 43 };
  const state = after(old, { kind: 'train' }, { kind: 'newRun', settings });
  assert.deepEqual(runOf(state), runOf(freshRun(2, settings)));
  assert.deepEqual([state.run, state.isTraining, state.notice, state.hasEnded], [2, false, null, false]);
  assert.deepEqual([state.layer, state.head, state.a, state.b, state.temperature], [0, 0, 0, null, 1.5], 'only what a run has is forgotten');
  assert.deepEqual(runOf(state.previous), runOf(old));
  assert.ok(!('previous' in state.previous), 'no run before the last is kept');
});

test('back: brings the last run back, and back again', () => {
  const first = lived(1, 42);
  const second = { ...lived(2, 43), previous: null };
  const both = after(first, { kind: 'newRun', settings: second.settings }, { kind: 'choose', choices: runOf(second) });
  const back = after(both, { kind: 'back' });
  assert.deepEqual(runOf(back), { ...runOf(first), visiting: null });
  assert.equal(back.run, 3, 'messages of both older runs are strangers');
  const again = after(back, { kind: 'back' });
  assert.deepEqual(runOf(again), runOf(second));
  assert.equal(again.run, 4);
  assert.deepEqual(runOf(after(again, { kind: 'back' })), runOf(first));
  const alone = defaults();
  assert.equal(update(alone, { kind: 'back' }), alone, 'without a last run nothing happens');
});

test('back: from a run that trains, on the way to a step', () => {
  const state = after(lived(1, 42), { kind: 'visit', step: 60 }, { kind: 'newRun', settings: DEFAULT_SETTINGS }, { kind: 'jump', step: 9 }, { kind: 'back' });
  assert.deepEqual([state.isTraining, state.jumpTo, state.visiting, state.step], [false, null, null, 40]);
});

test('notice: comes and goes', () => {
  const state = after(defaults(), { kind: 'notice', notice });
  assert.equal(state.notice, notice);
  assert.equal(after(state, { kind: 'notice', notice: null }).notice, null);
});

test('opened, told and answers are taken of the run on show only', () => {
  const state = defaults({ run: 3 });
  const messages = [
    { kind: 'opened', facts: { shape: { nLayer: 2 }, facts: { letters: 1 }, list: ['rex'], isHeldOut: [true] }, first: { weights, fingerprint: 'f' } },
    { kind: 'told', status: 4, means: Float64Array.of(1) },
    { kind: 'answers', answers: new Map([['a', 1]]), fixedAnswers: new Map([['b', 2]]) },
  ];
  for (const message of messages) {
    for (const run of [1, 2, 4]) assert.equal(update(state, { ...message, run }), state, message.kind);
    const { kind, facts, first, ...fields } = message;
    assert.deepEqual(changed(state, after(state, { ...message, run: 3 })), { ...fields, ...facts, ...first }, kind);
  }
  const returned = defaults({ run: 3, weights: Float32Array.of(9), fingerprint: 'of step 7' });
  assert.equal(after(returned, { ...messages[0], run: 3 }).fingerprint, 'of step 7');
});

test('messages of another run’s trainer change nothing', () => {
  const state = defaults({ run: 3 });
  for (const message of [
    { kind: 'broken', step: 5 }, { kind: 'failed', detail: 'x' }, { kind: 'weights', step: 0, weights }, come(9).message,
  ]) assert.equal(update(state, { kind: 'trainer', message: { ...message, run: 2 } }), state, message.kind);
});

test('ready and replaying change nothing', () => {
  const state = defaults();
  for (const message of [{ kind: 'ready' }, { kind: 'replaying', from: 0, to: 900 }]) assert.equal(update(state, says(message)), state);
});

test('state: everything of the step comes at once', () => {
  const state = after(defaults(), come(7));
  assert.deepEqual([state.step, state.furthest, state.weights, state.fingerprint, state.stepsPerSecond], [7, 7, weights, 'f7', 900]);
  assert.equal(versionOf(state), '1/7');
});

test('losses are kept in order, also when a part was sent before', () => {
  const told = (firstLoss, values, step) => come(step, { firstLoss, losses: Float64Array.from(values) });
  let state = after(defaults(), told(1, [3, 1, 4, 2], 2), told(3, [5, 2], 3), told(1, [], 1));
  assert.deepEqual(Array.from(state.losses), [3, 1, 4, 2, 5, 2]);
  assert.deepEqual([state.step, state.furthest], [1, 3]);
  const { losses } = state;
  state = after(state, told(2, [4, 2, 5, 2], 3));
  assert.equal(state.losses, losses, 'nothing new');
  state = after(state, told(3, [5, 2, 6, 3], 4));
  assert.deepEqual(Array.from(state.losses), [3, 1, 4, 2, 5, 2, 6, 3]);
});

test('steps that a visit overtook count as reached: their losses came with it', () => {
  const losses = Float64Array.from({ length: 60 }, () => 1);
  const state = after(defaults(), come(10, { losses: losses.slice(0, 20) }), { kind: 'visit', step: 5 }, come(5, { firstLoss: 11, losses: losses.slice(20) }));
  assert.deepEqual([state.step, state.furthest, state.losses.length], [5, 30, 60]);
});

test('what was read is not read again by a trainer that was started again', () => {
  const reading = { step: 9, loss: 3, shown: 3 };
  const again = { unread: [{ step: 9, weights: new Float32Array(1) }, { step: 12, weights: new Float32Array(1) }], readings: [reading] };
  const state = after(defaults(), come(9, { readings: [reading] }), come(12, again));
  assert.deepEqual(state.readings, [reading]);
  assert.deepEqual([...state.unread.keys()], [12]);
});

test('readings are added', () => {
  const [first, second] = [{ step: 0, loss: 3, shown: 3 }, { step: 9, loss: 2, shown: 2 }];
  const state = after(defaults(), come(0, { readings: [first] }), come(1), come(9, { readings: [second] }));
  assert.deepEqual(state.readings, [first, second]);
});

test('weights of other steps are kept beside those on show', () => {
  const state = after(defaults(), come(7), says({ kind: 'weights', step: 0, weights: Float32Array.of(0) }), says({ kind: 'weights', step: 10, weights }));
  assert.deepEqual([...state.kept.keys()], [0, 10]);
  assert.deepEqual([state.step, state.weights], [7, weights]);
});

test('broken and failed stop the training and say so', () => {
  const state = after(defaults(), { kind: 'jump', step: 50 });
  const broken = after(state, says({ kind: 'broken', step: 17 }));
  assert.deepEqual([broken.isTraining, broken.jumpTo, broken.brokenStep], [false, null, 17]);
  const failed = after(state, says({ kind: 'failed', detail: 'No memory.' }));
  assert.deepEqual([failed.isTraining, failed.jumpTo, failed.notice?.text], [false, null, 'No memory.']);
});

test('a message that there is not is refused', () => {
  assert.throws(() => update(defaults(), { kind: 'nonsense' }), /no such message/);
  assert.throws(() => update(defaults(), says({ kind: 'nonsense' })), /no such message/);
});

test('the text fed in is the reader’s, or else the name on show, cut as in training', () => {
  const shape = { blockSize: 6 };
  assert.equal(fedText(defaults({ name: 'rex', text: '' })), 'rex');
  assert.equal(fedText(defaults({ name: 'rex', text: 'tri' })), 'tri');
  assert.equal(fedText(defaults({ name: 'rex', text: 'é', textProblem: 'No.' })), 'rex');
  assert.equal(readName(defaults({ name: 'stegosaurus', shape })), 'stego');
  assert.equal(readName(defaults({ name: '🦕🦕🦕🦕🦕🦕', shape })), '🦕🦕🦕🦕🦕');
});

test('a passing notice goes with the next state, any other stays', () => {
  const state = says({ kind: 'state', step: 1, weights: new Float32Array(1), fingerprint: 'f', firstLoss: 1, losses: new Float64Array(0), readings: [], unread: [], stepsPerSecond: 1 });
  const told = { text: 'a', offer: null, label: '' };
  assert.equal(after(defaults({ notice: { ...told, isPassing: true } }), state).notice, null);
  assert.equal(after(defaults({ notice: told }), state).notice, told);
});
