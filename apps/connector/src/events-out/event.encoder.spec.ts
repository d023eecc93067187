import { EVENT_SCHEMA_VERSION, type SessionId } from '@wabus/contracts';
import type { SessionEventMap } from '../session/session-events.js';
import { encodeEvent, messageEventId, type EventOrigin } from './event.encoder.js';

type Message = SessionEventMap['messages.upsert']['messages'][number];

const session = 'sales' as SessionId;
const CIPHERTEXT = 2;

function origin(): EventOrigin {
  let number = 0;
  return { session, epoch: 12, at: '2026-01-01T00:00:00.000Z', maxBodyBytes: 1_000_000, nextNumber: () => ++number };
}
const message = (id: string, more: Partial<Message> = {}): Message => ({
  key: { remoteJid: '1@s.whatsapp.net', id, fromMe: false },
  message: { conversation: id },
  ...more
});
const idOf = (more: Partial<Message> = {}, of: SessionId = session) => messageEventId(of, message('M1', more));

describe('messages.upsert', () => {
  test('of three messages is three events with one message each', () => {
    const events = encodeEvent(
      'messages.upsert',
      { messages: ['A', 'B', 'C'].map(id => message(id)), type: 'append', requestId: 'r' },
      origin()
    );
    expect(events.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject(
      ['A', 'B', 'C'].map(id => ({ messages: [{ message: { conversation: id } }], type: 'append', requestId: 'r' }))
    );
    expect(new Set(events.map(({ facts }) => facts.id)).size).toBe(3);
  });

  test('without messages is not an event', () =>
    expect(encodeEvent('messages.upsert', { messages: [], type: 'notify' }, origin())).toEqual([]));

  test('loses key material', () => {
    const secret = Buffer.from('secret of the message');
    const [event] = encodeEvent(
      'messages.upsert',
      { messages: [message('A', { message: { conversation: 'x', messageContextInfo: { messageSecret: secret } } })], type: 'notify' },
      origin()
    );
    expect(event!.body).toBe(
      '{"messages":[{"key":{"remoteJid":"1@s.whatsapp.net","id":"A","fromMe":false},"message":{"conversation":"x"}}],"type":"notify"}'
    );
  });

  test('a message without its own id gets a number', () => {
    const [event] = encodeEvent('messages.upsert', { messages: [{ key: {} }], type: 'notify' }, origin());
    expect(event!.facts.id).toBe('sales.12.1');
  });
});

test('content too deep in a notification is stored separately', () => {
  const deep = Array.from({ length: 80 }).reduce<unknown>(inner => ({ inner }), 'bottom');
  const notification = { kind: 'mex', action: null, id: 'N1', from: null, at: null, attributes: {}, content: [], data: deep };
  const [event] = encodeEvent('whatsapp.notification', notification, origin());
  expect(event!.body).toContain('"$large"');
  expect(event!.parts.map(({ content }) => Buffer.from(content).toString())).toEqual([expect.stringContaining('bottom')]);
});

describe('the id of a message', () => {
  test('is the same for every copy, in any batch', () => {
    expect(idOf()).toBe(idOf({ message: { conversation: 'another text' }, messageTimestamp: 5 }));
  });

  test.each<[string, string | undefined]>([
    ['session', idOf({}, 'other' as SessionId)],
    ['chat', idOf({ key: { remoteJid: '2@s.whatsapp.net', id: 'M1', fromMe: false } })],
    ['author in a group', idOf({ key: { remoteJid: '1@s.whatsapp.net', id: 'M1', fromMe: false, participant: '3@lid' } })],
    ['id', idOf({ key: { remoteJid: '1@s.whatsapp.net', id: 'M2', fromMe: false } })],
    ['direction', idOf({ key: { remoteJid: '1@s.whatsapp.net', id: 'M1', fromMe: true } })],
    ['whether it is an undecryptable stub', idOf({ messageStubType: CIPHERTEXT })]
  ])('differs by %s', (_fact, id) => expect(id).not.toBe(idOf()));

  test('fits into a header whatever the message id contains', () => {
    expect(idOf({ key: { remoteJid: '1@s.whatsapp.net', id: 'a\r\nNats-Expected-Stream: x', fromMe: false } })).toMatch(
      /^sales\.m\.[A-Za-z0-9_-]{32}$/
    );
  });

  test('does not collide if characters move between fields', () => {
    const a = messageEventId(session, message('M', { key: { remoteJid: '1@lid', id: '2M' } }));
    const b = messageEventId(session, message('M', { key: { remoteJid: '1@lid2', id: 'M' } }));
    expect(a).not.toBe(b);
  });
});

describe('any other event', () => {
  test('is numbered under its epoch and has its facts', () => {
    const from = origin();
    encodeEvent('chats.delete', ['1'], from);
    expect(encodeEvent('chats.delete', ['2'], from)).toEqual([
      {
        facts: {
          id: 'sales.12.2',
          session,
          event: 'chats.delete',
          epoch: 12,
          at: '2026-01-01T00:00:00.000Z',
          schemaVersion: EVENT_SCHEMA_VERSION,
          chats: ['2']
        },
        body: '["2"]',
        parts: []
      }
    ]);
  });

  test('above the limit becomes several events with own ids', () => {
    const chats = Array.from({ length: 600 }, (_, i) => ({ id: `${i}@s.whatsapp.net`, name: 'n'.repeat(1_000) }));
    const events = encodeEvent('chats.upsert', chats, origin());
    expect(events.map(({ facts }) => facts.id)).toEqual(['sales.12.1', 'sales.12.2', 'sales.12.3']);
    expect(events.flatMap(({ body }) => JSON.parse(body) as unknown[])).toHaveLength(600);
  });

  test('of credentials names only the changed fields', () => {
    const [event] = encodeEvent('creds.update', { advSecretKey: 'SECRET', me: { id: '15550000001@s.whatsapp.net' } }, origin());
    expect(event!.body).toBe('{"changed":["advSecretKey","me"]}');
  });

  test('loses key material in history and chats', () => {
    const secret = Buffer.from('a secret that must not leave').toString('base64');
    const bytes = Buffer.from(secret, 'base64');
    const chats = [{ id: '1', tcToken: bytes, messages: [{ message: message('A', { messageSecret: bytes }) }] }];
    const [event] = encodeEvent(
      'messaging-history.set',
      { chats, contacts: [], messages: [message('A', { messageSecret: bytes })] },
      origin()
    );
    expect(event!.body).not.toContain(secret);
  });

  test('with an error has no stack', () => {
    const [event] = encodeEvent(
      'connection.update',
      { connection: 'close', lastDisconnect: { error: new Error('gone'), date: new Date(0) } },
      origin()
    );
    expect(JSON.parse(event!.body)).toEqual({
      connection: 'close',
      lastDisconnect: { error: { name: 'Error', message: 'gone' }, date: '1970-01-01T00:00:00.000Z' }
    });
  });
});

describe('a stage of a sent message', () => {
  const progress = (more: object = {}) => ({
    id: 'M1',
    chat: '1@s.whatsapp.net',
    correlation: 'c',
    stage: 'read' as const,
    at: '2026-01-01T00:00:00.000Z',
    ...more
  });
  const encodedAs = (more: object = {}, of: EventOrigin = origin()) => encodeEvent('message.progress', progress(more), of)[0]!.facts;

  test('has a stable id that fits into a header, and its chat', () => {
    const next = { ...origin(), epoch: 13, at: '2026-01-02T00:00:00.000Z' };
    expect(encodedAs({ at: '2026-01-02T00:00:00.000Z', correlation: 'd' }, next).id).toBe(encodedAs().id);
    expect(encodedAs({ id: 'a\r\nb' }).id).toMatch(/^sales\.p\.[A-Za-z0-9_-]{32}$/);
    expect(encodedAs().chats).toEqual(['1@s.whatsapp.net']);
  });

  test.each<[string, string]>([
    ['session', encodedAs({}, { ...origin(), session: 'other' as SessionId }).id],
    ['message', encodedAs({ id: 'M2' }).id],
    ['stage', encodedAs({ stage: 'played' }).id]
  ])('has another id for another %s', (_fact, id) => expect(id).not.toBe(encodedAs().id));
});
