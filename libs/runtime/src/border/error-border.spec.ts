import { EventEmitter } from 'node:events';
import { borderOf, confine, withinBorder, type ErrorBorder } from './error-border.js';

const border = (isOpen = true): ErrorBorder => ({ what: 'request', isOpen, end: () => undefined });
/** Returns the border of an error that `act` throws synchronously. */
const borderOfThrown = (act: () => void): ErrorBorder | null => {
  try {
    act();
  } catch (thrown) {
    return borderOf(thrown);
  }
  throw new Error('nothing was thrown');
};
const fail = (): never => {
  throw new Error('out of reach');
};

test('an error thrown within a border is traced to it', async () => {
  const one = border();
  expect(borderOfThrown(() => withinBorder(one, fail))).toBe(one);
  const later = await withinBorder(one, () => new Promise(resolve => setImmediate(() => resolve(borderOf(new Error('emitted'))))));
  expect(later).toBe(one);
});

test('listeners of a confined emitter run within the border', () => {
  const one = border();
  const emitter = new EventEmitter();
  confine(emitter, one);
  emitter.on('data', fail);
  expect(borderOfThrown(() => emitter.emit('data'))).toBe(one);
});

test('a confined emitter still throws an error without listeners', () => {
  const one = border();
  const emitter = new EventEmitter();
  confine(emitter, one);
  expect(borderOfThrown(() => emitter.emit('error', new Error('unheard')))).toBe(one);
});

test('an error from outside, or of a closed border, has none', () => {
  expect(borderOf(new Error('ours'))).toBeNull();
  expect(borderOfThrown(() => withinBorder(border(false), fail))).toBeNull();
});
