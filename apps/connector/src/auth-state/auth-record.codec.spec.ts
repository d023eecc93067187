import type { SessionId } from '@wabus/contracts';
import { decodeRecordValue, encodeRecord, encodeTyped, expiringName, recordName, stampAt, stampOf } from './auth-record.codec.js';

const session = 'a' as SessionId;
const naming = Buffer.alloc(32, 5);

describe('the name of a record', () => {
  it('is a valid NATS key that does not reveal the id', () => {
    for (const id of ['15551234567.0', '15551234567:12@s.whatsapp.net', 'a/b*>. ü', '', '120363@g.us::lid_1']) {
      const name = recordName(session, naming, 'session', id);
      expect(name).toMatch(/^auth\.a\.session\.[A-Za-z0-9_-]{24}$/);
      expect(name).not.toContain('15551234567');
      expect(name).not.toContain(Buffer.from('15551234567').toString('base64url'));
    }
  });

  it('is stable, and differs by type, id and naming key', () => {
    const names = [
      recordName(session, naming, 'session', 'x'),
      recordName(session, naming, 'sender-key', 'x'),
      recordName(session, naming, 'session', 'y'),
      recordName(session, Buffer.alloc(32, 6), 'session', 'x')
    ];
    expect(new Set(names.map(name => name.split('.').at(-1))).size).toBe(4);
    expect(recordName(session, naming, 'session', 'x')).toBe(names[0]);
  });

  it.each(['', 'a.b', 'A*', '>'])('refuses %j as a type', type => {
    expect(() => recordName(session, naming, type, 'x')).toThrow(RangeError);
  });
});

test('an expiring record is outside the auth state', () => {
  const name = expiringName(session, naming, 'sent', '3EB0');
  expect(name).toBe(recordName(session, naming, 'sent', '3EB0').replace(/^auth/, 'expiring'));
  expect(() => expiringName(session, naming, 'a.b', 'x')).toThrow(RangeError);
});

describe('the content of a record', () => {
  it('is the same as the JSON of a Signal session', () => {
    const session = { _sessions: { 'BdE=': { registrationId: 7, _chains: {}, indexInfo: { closed: -1 } } }, version: 'v1' };
    expect(encodeTyped('session', '1.0', session)).toBe(encodeRecord('1.0', session));
    for (const type of ['session', 'sender-key']) {
      expect(decodeRecordValue(encodeTyped(type, '1.0', Buffer.from('former form')))).toEqual(Buffer.from('former form'));
    }
  });

  it('keeps bytes as Buffers, nested and in arrays', () => {
    const value = { a: Buffer.from([0, 255]), b: [new Uint8Array([1]), 'x', null, 1.5, true], c: { d: { e: Buffer.alloc(0) } } };
    const decoded = decodeRecordValue(encodeRecord('id "with" quotes', value)) as typeof value;
    expect(decoded).toEqual({ a: Buffer.from([0, 255]), b: [Buffer.from([1]), 'x', null, 1.5, true], c: { d: { e: Buffer.alloc(0) } } });
    expect(Buffer.isBuffer(decoded.a)).toBe(true);
    expect(Buffer.isBuffer(decoded.b[0])).toBe(true);
  });
});

describe('the stamp of a snapshot', () => {
  it('sorts by time and is read back from the key', () => {
    const [early, late] = [stampAt(new Date('2026-01-02T03:04:05.006Z')), stampAt(new Date('2026-01-02T03:04:05.010Z'))];
    expect(early < late).toBe(true);
    expect(stampOf(`snapshot.a.${early}.0`)).toBe(early);
    expect(stampOf('auth.a.creds')).toBeNull();
  });
});
