import { WabusError } from '@wabus/contracts';
import { WriteQueue } from './write.queue.js';

/** A store that completes a step on request. */
function slowStore(): {
  steps: Record<string, string | null>[];
  finish: (error?: Error) => Promise<void>;
  store: (changes: ReadonlyMap<string, string | null>) => Promise<void>;
} {
  const steps: Record<string, string | null>[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  return {
    steps,
    store: changes => {
      steps.push(Object.fromEntries(changes));
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    finish: async error => {
      const first = waiting.shift()!;
      if (error) first.reject(error);
      else first.resolve();
      // Lets the next step begin.
      await new Promise(resolve => setImmediate(resolve));
    }
  };
}

const changes = (object: Record<string, string | null>): Map<string, string | null> => new Map(Object.entries(object));
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('the writes of a session', () => {
  it('run one step at a time and batch what arrives meanwhile', async () => {
    const slow = slowStore();
    const queue = new WriteQueue(slow.store, 10);
    const first = queue.add(changes({ a: '1' }));
    await turn();
    const later = Promise.all([queue.add(changes({ a: '2', b: '1' })), queue.add(changes({ a: '3', c: null }))]);
    await turn();
    expect(slow.steps).toEqual([{ a: '1' }]);
    await slow.finish();
    await first;
    expect(slow.steps).toEqual([{ a: '1' }, { a: '3', b: '1', c: null }]);
    await slow.finish();
    await later;
  });

  it('never split a transaction over two steps', async () => {
    const slow = slowStore();
    const queue = new WriteQueue(slow.store, 3);
    void queue.add(changes({ a: '1' }));
    await turn();
    void queue.add(changes({ b: '1', c: '1' }));
    void queue.add(changes({ d: '1', e: '1' }));
    void queue.add(changes({ f: '1', g: '1', h: '1', i: '1' }));
    for (let n = 0; n < 4; n++) await slow.finish();
    expect(slow.steps.map(step => Object.keys(step).join(''))).toEqual(['a', 'bc', 'de', 'fghi']);
  });

  it('can be read before they are stored, the newest first', async () => {
    const slow = slowStore();
    const queue = new WriteQueue(slow.store, 10);
    void queue.add(changes({ a: '1', b: '1' }));
    await turn();
    void queue.add(changes({ a: '2', b: null }));
    expect([queue.find('a'), queue.find('b'), queue.find('c')]).toEqual(['2', null, undefined]);
    await slow.finish();
    expect(queue.find('a')).toBe('2');
    await slow.finish();
    expect(queue.find('a')).toBeUndefined();
  });

  it('reject a failed step, and later changes based on it', async () => {
    const slow = slowStore();
    const queue = new WriteQueue(slow.store, 10);
    const first = expect(queue.add(changes({ a: '1' }))).rejects.toThrow('broken');
    await turn();
    const behind = expect(queue.add(changes({ a: '2', b: '1' }))).rejects.toThrow('broken');
    await slow.finish(new Error('broken'));
    await Promise.all([first, behind]);
    expect([queue.find('a'), queue.find('b')]).toEqual([undefined, undefined]);
    const later = queue.add(changes({ c: '1' }));
    await turn();
    await slow.finish();
    await later;
    expect(slow.steps).toEqual([{ a: '1' }, { c: '1' }]);
  });

  it('reject only those of several that are too large', async () => {
    const stored: string[] = [];
    const queue = new WriteQueue(step => {
      if (step.get('b') === 'large') return Promise.reject(new WabusError('PAYLOAD_TOO_LARGE'));
      stored.push(...step.keys());
      return Promise.resolve();
    }, 10);
    const transactions: Record<string, string>[] = [{ a: '1' }, { b: 'large', c: '1' }, { d: '1' }];
    const outcomes = await Promise.allSettled(transactions.map(each => queue.add(changes(each))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored).toEqual(['a', 'd']);
    expect(queue.find('c')).toBeUndefined();
  });

  it('keep their order around an exclusive step', async () => {
    const order: string[] = [];
    const queue = new WriteQueue(changes => Promise.resolve(void order.push([...changes.keys()].join(''))), 10);
    const before = queue.add(changes({ a: '1' }));
    const own = queue.exclusively(() => Promise.resolve(void order.push('own')));
    const after = queue.add(changes({ b: '1' }));
    await Promise.all([before, own, after]);
    expect(order).toEqual(['a', 'own', 'b']);
  });
});
