import { dutyOf, edgeOf } from './assignment.policy.js';

const webhooks = Array.from({ length: 300 }, (_, i) => `wh_${i}`);

describe('the edge that dispatches a webhook', () => {
  it('is the same for all edges and spread evenly', () => {
    const before = webhooks.map(id => edgeOf(id, ['x', 'y', 'z']));
    expect(webhooks.map(id => edgeOf(id, ['z', 'x', 'y']))).toEqual(before);
    for (const edge of ['x', 'y', 'z']) expect(before.filter(one => one === edge).length).toBeGreaterThan(60);
    const after = webhooks.map(id => edgeOf(id, ['x', 'y']));
    expect(after.filter((edge, i) => before[i] !== 'z' && edge !== before[i])).toEqual([]);
    expect(edgeOf('wh', [])).toBeNull();
  });

  it('takes its free webhooks and releases all others', () => {
    const living = ['me', 'other'];
    const mine = webhooks.find(id => edgeOf(id, living) === 'me')!;
    const theirs = webhooks.find(id => edgeOf(id, living) === 'other')!;
    const duty = (id: string, edge: string | null | undefined): string =>
      dutyOf(id, { self: 'me', living, assignment: edge === undefined ? undefined : { edge, revision: 1 } });
    expect([undefined, null, 'dead', 'other', 'me'].map(edge => duty(mine, edge))).toEqual(['take', 'take', 'take', 'none', 'dispatch']);
    expect([undefined, null, 'dead', 'other', 'me'].map(edge => duty(theirs, edge))).toEqual(['none', 'none', 'none', 'none', 'release']);
  });
});
