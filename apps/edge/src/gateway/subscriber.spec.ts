import type { ServedInterest } from '@wabus/broker';
import { encodeCursor } from '@wabus/contracts';
import { allOrNone } from './subscriber.js';

describe('interests that replace others', () => {
  let held = 0;
  const serve = async (sequence: number): Promise<ServedInterest> => {
    await Promise.resolve();
    held++;
    return { from: { sequence, cursor: encodeCursor({ stream: 's', sequence }) }, release: () => void held-- };
  };
  beforeEach(() => (held = 0));

  it('are all kept when all are served', async () => {
    expect((await allOrNone([serve(1), serve(2)])).map(({ from }) => from.sequence)).toEqual([1, 2]);
    expect(held).toBe(2);
  });

  it('are all released if one fails, including those served later', async () => {
    const later = Promise.resolve().then(() => serve(3));
    await expect(allOrNone([serve(1), Promise.reject(new Error('no broker')), later])).rejects.toThrow('no broker');
    expect(held).toBe(0);
  });
});
