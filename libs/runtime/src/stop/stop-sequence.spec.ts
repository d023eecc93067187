import { STOP_PHASES, StopSequence } from './stop-sequence.js';

const deaf = { stepFailed: () => undefined };

describe('StopSequence', () => {
  it('runs phases in order, and the last step of each first', async () => {
    const sequence = new StopSequence();
    const ran: string[] = [];
    for (const phase of [...STOP_PHASES].reverse()) {
      for (const nth of [1, 2]) sequence.add({ name: `${phase} ${nth}`, phase, stop: () => void ran.push(`${phase} ${nth}`) });
    }
    await sequence.run(deaf);
    expect(ran).toEqual(['refuse 2', 'refuse 1', 'drain 2', 'drain 1', 'hand-over 2', 'hand-over 1', 'close 2', 'close 1']);
  });

  it('waits for each step before the next', async () => {
    const sequence = new StopSequence();
    const ran: string[] = [];
    let finish: () => void = () => undefined;
    sequence.add({
      name: 'drain',
      phase: 'drain',
      stop: () => new Promise<void>(resolve => (finish = resolve)).then(() => void ran.push('drained'))
    });
    sequence.add({ name: 'close', phase: 'close', stop: () => void ran.push('closed') });
    const stopped = sequence.run(deaf);
    expect(sequence.stopping).toBe(true);
    expect(sequence.underWay?.name).toBe('drain');
    expect(ran).toEqual([]);
    finish();
    await stopped;
    expect(ran).toEqual(['drained', 'closed']);
  });

  it('reports a step that fails, and continues', async () => {
    const sequence = new StopSequence();
    const failed: string[] = [];
    let closed = false;
    sequence.add({ name: 'drain', phase: 'drain', stop: () => Promise.reject(new Error('stuck')) });
    sequence.add({ name: 'close', phase: 'close', stop: () => void (closed = true) });
    await sequence.run({ stepFailed: ({ name }, err) => failed.push(`${name}: ${(err as Error).message}`) });
    expect(failed).toEqual(['drain: stuck']);
    expect(closed).toBe(true);
  });

  it('runs once, however often it is called', async () => {
    const sequence = new StopSequence();
    let count = 0;
    sequence.add({ name: 'close', phase: 'close', stop: () => void count++ });
    await Promise.all([sequence.run(deaf), sequence.run(deaf)]);
    expect(count).toBe(1);
  });

  it('leaves out a step that was removed', async () => {
    const sequence = new StopSequence();
    let ran = false;
    const remove = sequence.add({ name: 'close', phase: 'close', stop: () => void (ran = true) });
    remove();
    await sequence.run(deaf);
    expect(ran).toBe(false);
  });
});
