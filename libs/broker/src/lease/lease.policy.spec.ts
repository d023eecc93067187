import { createHash } from 'node:crypto';
import { rendezvous, silenceMs, type Member } from './lease.policy.js';

const members = (...names: string[]): Member[] => names.map(name => ({ name }));

describe('silenceMs', () => {
  it.each([
    { seenAt: 100, now: 400, steadySince: 0, silent: 300 },
    { seenAt: 100, now: 400, steadySince: 350, silent: 50 },
    { seenAt: 100, now: 400, steadySince: Infinity, silent: -Infinity },
    { seenAt: 400, now: 400, steadySince: -Infinity, silent: 0 }
  ])('counts $silent from $seenAt and $steadySince to $now', ({ seenAt, now, steadySince, silent }) => {
    expect(silenceMs(seenAt, { now, steadySince })).toBe(silent);
  });
});

const sessions = Array.from({ length: 3_000 }, (_, i) => `session-${i}`);

function shares(among: Member[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const session of sessions) {
    const place = rendezvous(session, among)!;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

describe('rendezvous', () => {
  it('is null without candidates, and the only one if alone', () => {
    expect(rendezvous('s', [])).toBeNull();
    expect(rendezvous('s', members('c1'))).toBe('c1');
  });

  it('does not depend on the order of the candidates', () => {
    for (const session of sessions.slice(0, 200)) {
      expect(rendezvous(session, members('c1', 'c2', 'c3'))).toBe(rendezvous(session, members('c3', 'c1', 'c2')));
    }
  });

  it('is spread evenly', () => {
    for (const count of Object.values(shares(members('c1', 'c2', 'c3')))) {
      expect(count).toBeGreaterThan(900);
      expect(count).toBeLessThan(1_100);
    }
  });

  it('follows the weights', () => {
    const counts = shares([
      { name: 'c1', weight: 1 },
      { name: 'c2', weight: 3 }
    ]);
    expect(counts['c2']! / counts['c1']!).toBeGreaterThan(2.6);
    expect(counts['c2']! / counts['c1']!).toBeLessThan(3.4);
  });

  it('changes only for the share of a candidate that joins', () => {
    const before = members('c1', 'c2', 'c3');
    for (const session of sessions) {
      const after = rendezvous(session, [...before, { name: 'c4', weight: 1 }]);
      expect([rendezvous(session, before), 'c4']).toContain(after);
    }
  });

  it('chooses like earlier releases for webhooks', () => {
    const names = ['x', 'y', 'z', 'w'];
    const hash = (key: string, name: string): string => createHash('sha256').update(`${key} ${name}`).digest('hex');
    for (let i = 0; i < 500; i++) {
      const key = `wh_${i}`;
      const before = names.reduce((best, name) => (hash(key, name) > hash(key, best) ? name : best));
      expect(rendezvous(key, members(...names), ' ')).toBe(before);
    }
  });
});
