import type { SessionId } from '@wabus/contracts';
import { decodeChanges, encodeChanges, openEntry, RING_SLOTS, ringEntryName, ringKey, sealEntry } from './write-ahead.codec.js';

const PREFIX = 'auth.a.';

describe('an entry of the write-ahead ring', () => {
  it.each([
    [{}],
    [{ 'auth.a.session.x': '["id",{}]' }],
    [{ 'auth.a.session.x': null, 'auth.a.creds': '', 'auth.a.inbox.y': 'Grüße 👋', 'auth.a.big': 'x'.repeat(300_000) }]
  ])('decodes to the values it was encoded from (%#)', changes => {
    const map = new Map(Object.entries<string | null>(changes));
    expect(decodeChanges(encodeChanges(map, PREFIX), PREFIX)).toEqual(map);
  });

  it('refuses an unknown format', () => {
    expect(() => decodeChanges(Buffer.from([2, 0, 0]), PREFIX)).toThrow('unknown format 2');
  });

  it('shows its number without a key', () => {
    expect(openEntry(sealEntry(2 ** 40 + 5, Buffer.from('sealed')))).toEqual({ n: 2 ** 40 + 5, encrypted: Buffer.from('sealed') });
    expect(openEntry(new Uint8Array([1]))).toMatchObject({ n: 0 });
  });

  it('has the slot of its number, and a name of its own', () => {
    const session = 'a' as SessionId;
    expect(ringKey(session, 5)).toBe(ringKey(session, 5 + RING_SLOTS));
    expect(ringEntryName(session, 5)).not.toBe(ringEntryName(session, 5 + RING_SLOTS));
  });
});
