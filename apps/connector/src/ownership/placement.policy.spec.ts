import { choosePlace, type Candidate } from './placement.policy.js';

const candidates = (...connectors: string[]): Candidate[] => connectors.map(connector => ({ connector, weight: 1 }));
const sessions = Array.from({ length: 3_000 }, (_, i) => `session-${i}`);

function shares(among: Candidate[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const session of sessions) {
    const place = choosePlace(session, among)!;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

describe('the place of a session', () => {
  it('is nowhere without candidates and with the only one otherwise', () => {
    expect(choosePlace('s', [])).toBeNull();
    expect(choosePlace('s', candidates('c1'))).toBe('c1');
  });

  it('does not depend on the order of the candidates', () => {
    for (const session of sessions.slice(0, 200)) {
      expect(choosePlace(session, candidates('c1', 'c2', 'c3'))).toBe(choosePlace(session, candidates('c3', 'c1', 'c2')));
    }
  });

  it('is spread evenly', () => {
    for (const count of Object.values(shares(candidates('c1', 'c2', 'c3')))) {
      expect(count).toBeGreaterThan(900);
      expect(count).toBeLessThan(1_100);
    }
  });

  it('follows the weights', () => {
    const counts = shares([
      { connector: 'c1', weight: 1 },
      { connector: 'c2', weight: 3 }
    ]);
    expect(counts['c2']! / counts['c1']!).toBeGreaterThan(2.6);
    expect(counts['c2']! / counts['c1']!).toBeLessThan(3.4);
  });

  it('changes only for the share of a candidate that joins', () => {
    const before = candidates('c1', 'c2', 'c3');
    for (const session of sessions) {
      const after = choosePlace(session, [...before, { connector: 'c4', weight: 1 }]);
      expect([choosePlace(session, before), 'c4']).toContain(after);
    }
  });
});
