import { decodeCursor, encodeCursor } from './cursor.codec.js';
import { EVENT_CATALOG, EVENT_NAMES, isEventName } from './event-catalog.js';
import { decodeEventHeaders, encodeEventHeaders, type EventFacts } from './event-headers.codec.js';
import type { SessionId } from '../ids/ids.js';

describe('the event catalog', () => {
  test('contains the 17 events of the gateway document', () => {
    const documented =
      `connection.update auth.qr auth.pairing-code creds.update messages.upsert messages.update messages.reaction messages.delete chats.upsert chats.update
      groups.upsert groups.update group-participants.update contacts.upsert contacts.update presence.update call`.split(/\s+/);
    expect(documented).toHaveLength(17);
    expect(documented.filter(name => !isEventName(name))).toEqual([]);
  });

  test('every name is made of NATS tokens', () => {
    expect(EVENT_NAMES.filter(name => !/^[a-z-]+(\.[a-z-]+)*$/.test(name))).toEqual([]);
  });

  test('credentials never leave in full', () => {
    expect(EVENT_CATALOG['creds.update'].payload).toBe('redacted');
  });

  test('linking codes require the scope control', () => {
    const forControl = EVENT_NAMES.filter(name => EVENT_CATALOG[name].scope === 'control');
    expect(forControl).toEqual(['auth.qr', 'auth.pairing-code', 'auth.passkey']);
    expect(EVENT_NAMES.filter(name => EVENT_CATALOG[name].controlFields)).toEqual(['connection.update']);
    expect(EVENT_CATALOG['connection.update'].controlFields).toEqual(['qr']);
  });

  test.each(['toString', '__proto__', 'constructor', '', 'messages', 5, null])('%j is not an event', name =>
    expect(isEventName(name)).toBe(false)
  );
});

describe('event headers', () => {
  const facts: EventFacts = {
    id: 'i',
    session: 's' as SessionId,
    event: 'call',
    epoch: 12,
    at: '2026-01-01T00:00:00.000Z',
    schemaVersion: 1,
    traceparent: '00-a-b-01'
  };
  const headers = new Map(encodeEventHeaders(facts));

  test('parse back', () => expect(decodeEventHeaders(name => headers.get(name))).toEqual(facts));
  test('trace context is optional', () => {
    const { traceparent: _, ...rest } = facts;
    const encoded = new Map(encodeEventHeaders(rest));
    expect(decodeEventHeaders(name => encoded.get(name))).toEqual(rest);
  });
  test.each([...headers.keys()].filter(name => name !== 'traceparent'))('without %s it is not an event', missing =>
    expect(decodeEventHeaders(name => (name === missing ? undefined : headers.get(name)))).toBeNull()
  );
  test.each([
    ['Wabus-Event', 'nope'],
    ['Wabus-Session', 'a.b'],
    ['Wabus-Epoch', 'x'],
    ['Wabus-Epoch', '1.5'],
    ['Wabus-Schema', '0']
  ])('%s: %s is refused', (name, value) => expect(decodeEventHeaders(asked => (asked === name ? value : headers.get(asked)))).toBeNull());
});

describe('cursors', () => {
  test('return the encoded position', () => {
    const position = { stream: '2026-01-01T00-00-00', sequence: 123_456_789_012 };
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });
  test.each(['', 'abc', '!!!!', 'MTph', encodeCursor({ stream: 's', sequence: -1 }), 'x'.repeat(5000)])('%j is not a cursor', text =>
    expect(decodeCursor(text)).toBeNull()
  );
});
