import { setTimeout as delay } from 'node:timers/promises';
import { SharedAsyncLocalStorage } from './shared-async-context.js';

describe('a shared AsyncLocalStorage', () => {
  const one = new SharedAsyncLocalStorage<string>();
  const two = new SharedAsyncLocalStorage<string>();

  test('keeps its store across awaits, apart from other stores', async () => {
    const seen = await one.run('a', () =>
      two.run('b', async () => {
        await delay(1);
        return [one.getStore(), two.getStore()];
      })
    );
    expect(seen).toEqual(['a', 'b']);
    expect([one.getStore(), two.getStore()]).toEqual([undefined, undefined]);
  });

  test('keeps concurrent runs apart', async () => {
    const runs = ['x', 'y', 'z'].map(store =>
      one.run(store, async () => {
        await delay(1);
        return one.getStore();
      })
    );
    expect(await Promise.all(runs)).toEqual(['x', 'y', 'z']);
  });

  test('the innermost run applies, then the outer one again', () => {
    one.run('outer', () => {
      expect(one.run('inner', () => one.getStore())).toBe('inner');
      expect(one.getStore()).toBe('outer');
    });
  });

  test('exit hides only its own store', () => {
    one.run('a', () => two.run('b', () => expect(one.exit(() => [one.getStore(), two.getStore()])).toEqual([undefined, 'b'])));
  });

  test('passes arguments and the result', () => expect(one.run('a', (x: number, y: number) => x + y, 1, 2)).toBe(3));

  test('enterWith lasts for the async work, and disable ends it', async () => {
    await Promise.resolve().then(async () => {
      one.enterWith('entered');
      await delay(1);
      expect(one.getStore()).toBe('entered');
      one.disable();
      expect(one.getStore()).toBeUndefined();
    });
  });
});
