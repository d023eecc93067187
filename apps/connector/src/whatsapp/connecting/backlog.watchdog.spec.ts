import { EventEmitter, once } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { EngineFigures } from '../engine-figures.js';
import { BacklogWatchdog } from './backlog.watchdog.js';

const HOUR = 3_600_000;
const announced = (count: string): BinaryNode => ({
  tag: 'ib',
  attrs: {},
  content: [{ tag: 'offline_preview', attrs: { count } }]
});

function watch(limitMs = HOUR, memory = { backlogStalled: false }, figures = new EngineFigures()) {
  const stanzas = new EventEmitter();
  const outcome = new EventEmitter();
  const watchdog = new BacklogWatchdog(stanzas, { limitMs, memory, figures, stalled: again => outcome.emit('stalled', again) });
  return { stanzas, outcome, watchdog, memory, figures };
}

// The timers of a watchdog are unreferenced, so something else must keep the process alive.
let alive: NodeJS.Timeout;
beforeAll(() => (alive = setInterval(() => undefined, 1_000)));
afterAll(() => clearInterval(alive));

describe('the gauge of backlogs', () => {
  test('counts announced stanzas until the backlog ends', () => {
    const { stanzas, figures } = watch();
    stanzas.emit('CB:success');
    stanzas.emit('CB:ib,,offline_preview', announced('7'));
    expect(figures.undrained).toBe(7);
    stanzas.emit('CB:ib,,offline');
    expect(figures.undrained).toBe(0);
  });

  test('adds up the open connections', () => {
    const figures = new EngineFigures();
    const [one, other] = [watch(HOUR, undefined, figures), watch(HOUR, undefined, figures)];
    one.stanzas.emit('CB:ib,,offline_preview', announced('3'));
    other.stanzas.emit('CB:ib,,offline_preview', announced('4'));
    expect(figures.undrained).toBe(7);
    one.watchdog.stop();
    expect(figures.undrained).toBe(4);
    other.watchdog.stop();
  });

  test.each(['', '-1', 'x', '1e999'])('treats an announced count of "%s" as none', count => {
    const { stanzas, figures } = watch();
    stanzas.emit('CB:ib,,offline_preview', announced(count));
    expect(figures.undrained).toBe(0);
  });
});

test('a stalled backlog replaces the connection once', async () => {
  const first = watch(1);
  first.stanzas.emit('CB:success');
  expect(await once(first.outcome, 'stalled')).toEqual([false]);
  expect(first.watchdog.gaveUp).toBe(true);
  const second = watch(1, first.memory);
  second.stanzas.emit('CB:success');
  expect(await once(second.outcome, 'stalled')).toEqual([true]);
  expect(second.watchdog.gaveUp).toBe(false);
});

test('a completed backlog resets the count of stalls', () => {
  const { stanzas, memory } = watch(HOUR, { backlogStalled: true });
  stanzas.emit('CB:success');
  stanzas.emit('CB:ib,,offline');
  expect(memory.backlogStalled).toBe(false);
});
