import type { SessionId } from '@wabus/contracts';
import { acquireAllowance, assign, choosePlace, successor, type KnownNode, type KnownOwner, type Situation } from './assignment.policy.js';
import { CLUSTER_TIMING } from './ownership.options.js';

const id = (name: string): SessionId => name as SessionId;
const node = (connector: string, part: Partial<KnownNode> = {}): [string, KnownNode] => [
  connector,
  { connector, incarnation: `${connector}1`, ready: true, weight: 1, firstSeenAt: 0, ...part }
];
const ownedBy = (connector: string, incarnation = `${connector}1`): KnownOwner => ({ connector, incarnation, revision: 7 });
const free = (to?: string): KnownOwner => ({ connector: null, incarnation: null, revision: 7, ...(to ? { to } : {}) });

function situation(part: Partial<Situation> = {}): Situation {
  return {
    connector: 'c1',
    now: 60_000,
    timing: CLUSTER_TIMING,
    allowance: { acquire: 20, giveAway: 4 },
    nodes: new Map([node('c1'), node('c2')]),
    owners: new Map(),
    sessions: [],
    held: new Set(),
    busy: new Set(),
    ...part
  };
}

const two = [node('c1')[1], node('c2')[1]];
/** Returns a session whose place is that connector. */
const placedAt = (connector: string): SessionId =>
  id(Array.from({ length: 100 }, (_, i) => `s${i}`).find(name => choosePlace(name, two) === connector)!);
const mine = placedAt('c1');
const theirs = placedAt('c2');

describe('the part that a connector takes', () => {
  it.each([
    ['never owned', undefined],
    ['released', free()],
    ['of a dead connector', ownedBy('gone')],
    ['of an earlier run of a living connector', ownedBy('c2', 'earlier')],
    ['of its own earlier run', ownedBy('c1', 'earlier')]
  ])('is the free session assigned to it: %s', (_what, owner) => {
    const owners = new Map(owner ? [mine, theirs].map(session => [session, owner] as const) : []);
    expect(assign(situation({ sessions: [mine, theirs], owners })).acquire).toEqual([mine]);
  });

  it('is assigned to it, and to no other connector', () => {
    expect(assign(situation({ sessions: [theirs], owners: new Map([[theirs, free('c1')]]) })).acquire).toEqual([theirs]);
    expect(assign(situation({ sessions: [mine], owners: new Map([[mine, free('c2')]]) })).acquire).toEqual([]);
  });

  it('includes sessions given to one that is gone or stopping', () => {
    const nodes = new Map([node('c1'), node('c2'), node('c3', { ready: false })]);
    for (const heir of ['gone', 'c3']) {
      expect(assign(situation({ sessions: [mine], nodes, owners: new Map([[mine, free(heir)]]) })).acquire).toEqual([mine]);
    }
  });

  it('includes sessions that it owns but no longer runs', () => {
    expect(assign(situation({ sessions: [mine], owners: new Map([[mine, ownedBy('c1')]]) })).acquire).toEqual([mine]);
  });

  it('excludes sessions that another living connector owns', () => {
    expect(assign(situation({ sessions: [mine], owners: new Map([[mine, ownedBy('c2')]]) }))).toEqual({
      acquire: [],
      giveAway: [],
      sweep: []
    });
  });

  it('is limited, and excludes sessions that are being released', () => {
    expect(assign(situation({ sessions: [mine], busy: new Set([mine]) })).acquire).toEqual([]);
    const many = Array.from({ length: 500 }, (_, i) => id(`m${i}`));
    expect(assign(situation({ sessions: many, nodes: new Map([node('c1')]) })).acquire).toHaveLength(20);
  });

  it('is half to one and a half times the usual number, at least 1', () => {
    expect([0, 0.5, 0.999].map(random => acquireAllowance(20, random))).toEqual([10, 20, 30]);
    expect(acquireAllowance(1, 0)).toBe(1);
  });

  it('is empty while it is about to stop', () => {
    expect(assign(situation({ sessions: [mine], nodes: new Map([node('c1', { ready: false }), node('c2')]) })).acquire).toEqual([]);
  });
});

describe('the part that a connector gives away', () => {
  const held = (part: Partial<Situation> = {}): Situation =>
    situation({
      sessions: [mine, theirs],
      held: new Set([mine, theirs]),
      owners: new Map([mine, theirs].map(session => [session, ownedBy('c1')])),
      ...part
    });

  it('is a session whose better connector has settled', () => {
    expect(assign(held()).giveAway).toEqual([{ session: theirs, to: 'c2' }]);
    expect(assign(held({ nodes: new Map([node('c1'), node('c2', { firstSeenAt: 57_001 })]) })).giveAway).toEqual([]);
    expect(assign(held({ nodes: new Map([node('c1'), node('c2', { ready: false })]) })).giveAway).toEqual([]);
  });

  it('is limited to a few sessions at once', () => {
    const many = Array.from({ length: 200 }, (_, i) => id(`m${i}`));
    const owners = new Map(many.map(session => [session, ownedBy('c1')]));
    expect(assign(situation({ sessions: many, held: new Set(many), owners })).giveAway).toHaveLength(4);
  });

  it('goes to the best place among the others when it stops', () => {
    const nodes = new Map([node('c1'), node('c2'), node('c3', { ready: false })]);
    expect(successor(mine, 'c1', nodes)).toBe('c2');
    expect(successor(mine, 'c1', new Map([node('c1')]))).toBeNull();
  });
});

describe('the remainder of a deleted session', () => {
  it('is swept by its owner, or by its best place without one', () => {
    expect(assign(situation({ owners: new Map([[theirs, ownedBy('c1')]]) })).sweep).toEqual([theirs]);
    expect(assign(situation({ owners: new Map([[mine, ownedBy('c2')]]) })).sweep).toEqual([]);
    expect(assign(situation({ owners: new Map([[mine, ownedBy('gone')]]) })).sweep).toEqual([mine]);
    expect(assign(situation({ owners: new Map([[theirs, free()]]) })).sweep).toEqual([]);
  });
});
