import type { SessionId } from '@wabus/contracts';
import { timeOfStamp } from './auth-record.codec.js';
import { makeSnapshot, newestSnapshot, outdatedSnapshots } from './snapshot.policy.js';

describe('a snapshot', () => {
  it('contains every record once, in parts that fit a message', () => {
    const records = Array.from({ length: 30 }, (_, i) => ({ key: `auth.a.x.${i}`, value: new Uint8Array(100_000).fill(i) }));
    const parts = makeSnapshot('a' as SessionId, records, new Date());
    expect(parts.size).toBeGreaterThan(1);
    let size = 0;
    for (const part of parts.values()) {
      expect(part.length).toBeLessThan(700_000);
      size += Object.keys(JSON.parse(Buffer.from(part).toString()) as object).length;
    }
    expect(size).toBe(records.length);
    const snapshot = newestSnapshot([...parts].map(([key, value]) => ({ key, value })));
    expect(records.map(({ key, value }) => Buffer.from(value).equals(snapshot!.records.get(key)!))).toEqual(records.map(() => true));
  });

  it('is found among older ones, with its time', () => {
    const [older, newer] = [new Date('2026-01-02T03:04:05.678Z'), new Date('2026-11-02T03:04:05.678Z')];
    const parts = [newer, older].flatMap((at, i) =>
      [...makeSnapshot('a' as SessionId, [{ key: 'auth.a.creds', value: Uint8Array.of(i) }], at)].map(([key, value]) => ({ key, value }))
    );
    const { stamp, records } = newestSnapshot(parts)!;
    expect(timeOfStamp(stamp)).toBe(newer.toISOString());
    expect([...records.get('auth.a.creds')!]).toEqual([0]);
    expect(newestSnapshot([])).toBeNull();
  });

  it('replaces the oldest when there are two already', () => {
    const keys = ['20260103', '20260101', '20260102'].flatMap(stamp => [`snapshot.a.${stamp}.0`, `snapshot.a.${stamp}.1`]);
    expect(outdatedSnapshots(keys)).toEqual(['snapshot.a.20260101.0', 'snapshot.a.20260101.1']);
    expect(outdatedSnapshots(keys.slice(0, 4))).toEqual([]);
    expect(outdatedSnapshots([])).toEqual([]);
  });
});
