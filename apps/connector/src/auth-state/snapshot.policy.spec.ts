import type { SessionId } from '@wabus/contracts';
import { makeSnapshot, outdatedSnapshots } from './snapshot.policy.js';

describe('a snapshot', () => {
  it('holds every record once, in parts that a message can carry', () => {
    const records = Array.from({ length: 30 }, (_, i) => ({ key: `auth.a.x.${i}`, value: new Uint8Array(100_000).fill(i) }));
    const parts = makeSnapshot('a' as SessionId, records, new Date());
    expect(parts.size).toBeGreaterThan(1);
    const restored = new Map<string, Buffer>();
    for (const part of parts.values()) {
      expect(part.length).toBeLessThan(700_000);
      for (const [key, text] of Object.entries(JSON.parse(Buffer.from(part).toString()) as Record<string, string>)) {
        expect(restored.has(key)).toBe(false);
        restored.set(key, Buffer.from(text, 'base64'));
      }
    }
    expect(records.map(({ key, value }) => restored.get(key)!.equals(value))).toEqual(records.map(() => true));
  });

  it('replaces the oldest when there are two already', () => {
    const keys = ['20260103', '20260101', '20260102'].flatMap(stamp => [`snapshot.a.${stamp}.0`, `snapshot.a.${stamp}.1`]);
    expect(outdatedSnapshots(keys)).toEqual(['snapshot.a.20260101.0', 'snapshot.a.20260101.1']);
    expect(outdatedSnapshots(keys.slice(0, 4))).toEqual([]);
    expect(outdatedSnapshots([])).toEqual([]);
  });
});
