import { eventsForEvolution, EVOLUTION_EVENTS } from './evolution-events.table.js';
import { evolutionDeliveries, type EvolutionContext } from './evolution-event.codec.js';
import { evolutionKey, jidOfNumber, quotedIn } from './evolution-id.codec.js';
import type { PeerEvent } from '../compat.types.js';

const BOB = '5511999999999@s.whatsapp.net';
const LID = '99@lid';
const GROUP = '120363000000000001@g.us';
const AT = '2026-11-21T09:51:47.148Z';
const CONTEXT: EvolutionContext = {
  url: 'https://bot.example/hook',
  baseUrl: 'http://localhost:3000',
  events: null,
  byEvents: false,
  account: '551188888888:3@s.whatsapp.net',
  qrPicture: null
};

const deliveries = (event: string, data: unknown, context: Partial<EvolutionContext> = {}) => {
  const facts = { id: 'e1', session: 'evo', event, at: AT } as unknown as PeerEvent['facts'];
  return evolutionDeliveries({ facts, cursor: 'MToxOjI', data }, { ...CONTEXT, ...context });
};
const message = (key: object, content: unknown, more: object = {}): object => ({
  type: 'notify',
  messages: [
    {
      key: { remoteJid: BOB, fromMe: false, id: 'AAAA', ...key },
      messageTimestamp: 1_717_689_097,
      pushName: 'Bob',
      message: content,
      ...more
    }
  ]
});

/** Shapes: https://doc.evolution-api.com/v2/en/configuration/webhooks and src/api/integrations/event/webhook/webhook.controller.ts, read 2026-11-30. */
describe('events in the format of Evolution API', () => {
  it('a message is delivered as messages.upsert', () => {
    expect(deliveries('messages.upsert', message({}, { conversation: 'Hi' }))).toMatchObject([
      {
        url: CONTEXT.url,
        body: {
          event: 'messages.upsert',
          instance: 'evo',
          destination: CONTEXT.url,
          date_time: AT,
          sender: '551188888888@s.whatsapp.net',
          server_url: 'http://localhost:3000',
          apikey: null,
          data: {
            key: { remoteJid: BOB, fromMe: false, id: 'AAAA' },
            pushName: 'Bob',
            message: { conversation: 'Hi' },
            messageType: 'conversation',
            messageTimestamp: 1_717_689_097,
            instanceId: 'evo'
          }
        }
      }
    ]);
  });

  it('people are named by number if it is known', () => {
    const [one] = deliveries('messages.upsert', message({ remoteJid: LID, remoteJidAlt: BOB }, { conversation: 'x' }));
    expect(one!.body).toMatchObject({ data: { key: { remoteJid: BOB, remoteJidAlt: LID } } });
    const [other] = deliveries('messages.upsert', message({ remoteJid: LID }, { conversation: 'x' }));
    expect(other!.body).toMatchObject({ data: { key: { remoteJid: LID } } });
    const group = message({ remoteJid: GROUP, participant: LID, participantAlt: BOB }, { conversation: 'x' });
    expect(deliveries('messages.upsert', group)[0]!.body).toMatchObject({
      data: { key: { remoteJid: GROUP, participant: BOB, participantAlt: LID } }
    });
  });

  it("a program's message is delivered as send.message", () => {
    const own = { ...message({ fromMe: true, id: '3EB0ABCDEF' }, { conversation: 'x' }, { status: 1 }), type: 'append' };
    expect(deliveries('messages.upsert', own)).toMatchObject([{ body: { event: 'send.message' } }]);
  });

  it.each([
    ['now', 'notify', '3EB0AA'],
    ['while the session was offline', 'append', '3EB0AA'],
    ['on a phone', 'notify', 'AC01']
  ])('a message typed %s is delivered as messages.upsert', (_title, type, id) => {
    const typed = { ...message({ fromMe: true, id }, { conversation: 'x' }, { status: 2 }), type };
    expect(deliveries('messages.upsert', typed)).toMatchObject([{ body: { event: 'messages.upsert' } }]);
  });

  it('reactions are messages, edits and deletions events', () => {
    const reaction = { reactionMessage: { key: { id: 'x' }, text: '👍' } };
    expect(deliveries('messages.upsert', message({}, reaction))).toMatchObject([{ body: { data: { messageType: 'reactionMessage' } } }]);
    expect(deliveries('messages.upsert', message({}, { protocolMessage: { type: 0 } }))).toEqual([]);
    const key = { remoteJid: BOB, fromMe: true, id: 'T' };
    expect(deliveries('messages.update', [{ key, update: { status: 4 } }])).toMatchObject([
      { body: { event: 'messages.update', data: { keyId: 'T', remoteJid: BOB, fromMe: true, status: 'READ' } } }
    ]);
    const edited = { message: { editedMessage: { message: { conversation: 'new' } } } };
    expect(deliveries('messages.update', [{ key, update: edited }])).toMatchObject([
      { body: { event: 'messages.edited', data: { key, editedMessage: { conversation: 'new' } } } }
    ]);
    expect(deliveries('messages.update', [{ key, update: { message: null, messageStubType: 1 } }])).toMatchObject([
      { body: { event: 'messages.delete', data: { id: 'T', status: 'DELETED' } } }
    ]);
  });

  it('a connection has its state, a QR code its picture', () => {
    const account = { id: '551188888888:3@s.whatsapp.net', name: 'Me', lid: null, platform: null };
    expect(deliveries('session.status', { state: 'open', account, lastDisconnect: null })).toMatchObject([
      {
        body: {
          event: 'connection.update',
          data: { instance: 'evo', state: 'open', statusReason: 200, wuid: '551188888888@s.whatsapp.net' }
        }
      }
    ]);
    const gone = deliveries('session.status', { state: 'logged-out', account: null, lastDisconnect: { code: 401, at: AT } });
    expect(gone.map(({ body }) => body['event'])).toEqual(['connection.update', 'status.instance', 'logout.instance']);
    expect(gone[0]!.body).toMatchObject({ data: { state: 'close', statusReason: 401 } });
    expect(deliveries('auth.qr', { qr: '2@x' }, { qrPicture: 'data:image/png;base64,AA' })).toMatchObject([
      { body: { event: 'qrcode.updated', data: { qrcode: { instance: 'evo', code: '2@x', base64: 'data:image/png;base64,AA' } } } }
    ]);
  });

  it('history, contacts, chats and groups are translated', () => {
    const history = {
      messages: [{ key: { remoteJid: BOB, fromMe: false, id: 'A' }, message: { conversation: 'x' } }],
      contacts: [{ id: BOB, name: 'Bob' }],
      chats: []
    };
    expect(deliveries('messaging-history.set', history).map(({ body }) => body['event'])).toEqual(['messages.set', 'contacts.set']);
    expect(deliveries('contacts.upsert', [{ id: LID, phoneNumber: BOB, notify: 'B' }])).toMatchObject([
      { body: { data: [{ remoteJid: BOB, pushName: 'B' }] } }
    ]);
    const changed = { id: GROUP, action: 'add', participants: [{ id: LID, phoneNumber: BOB }] };
    expect(deliveries('group-participants.update', changed)).toMatchObject([
      { body: { data: { id: GROUP, action: 'add', participants: [BOB] } } }
    ]);
    expect(deliveries('groups.update', [{ id: GROUP }], { events: ['GROUPS_UPDATE'] })).toHaveLength(1);
  });

  it('a webhook receives only its events, at separate addresses', () => {
    const data = message({}, { conversation: 'x' });
    expect(deliveries('messages.upsert', data, { events: ['CONNECTION_UPDATE'] })).toEqual([]);
    const own = deliveries('messages.upsert', data, { events: ['messages.upsert'], byEvents: true, url: 'https://bot.example/hook/' });
    expect(own.map(({ url }) => url)).toEqual(['https://bot.example/hook/messages-upsert']);
    expect(deliveries('group-participants.update', { participants: [] }, { byEvents: true })[0]!.url).toMatch(
      /\/group-participants-update$/
    );
  });

  it('malformed payloads cause no error', () => {
    for (const event of new Set(Object.values(EVOLUTION_EVENTS).flatMap(({ from }) => from)))
      for (const data of [null, [], [null], {}, 'x', [{ key: {} }], { messages: [null, {}] }])
        if (event !== 'session.status') expect(() => deliveries(event, data)).not.toThrow();
  });

  it('an empty list of events means all', () => {
    expect(eventsForEvolution([])).toContain('auth.qr');
    expect(eventsForEvolution(['MESSAGES_UPSERT', 'TYPEBOT_START', 'nonsense'])).toEqual(['messages.upsert']);
  });
});

describe('numbers in the format of Evolution API', () => {
  it.each([
    ['5511999999999', BOB],
    ['+55 (11) 99999-9999', BOB],
    [BOB, BOB],
    ['5511999999999@c.us', BOB],
    ['120363000000000001', GROUP],
    [GROUP, GROUP],
    ['551199999999-1609459200', '551199999999-1609459200@g.us'],
    [LID, LID],
    ['status@broadcast', 'status@broadcast'],
    ['bob', 'bob']
  ])('%s is %s', (text, jid) => {
    expect(jidOfNumber(text)).toBe(jid);
  });

  it('a quoted message is complete, or named', () => {
    expect(quotedIn({ key: { id: 'A' }, message: { conversation: 'x' } }, BOB)).toEqual({
      quoted: { key: { fromMe: false, id: 'A', remoteJid: BOB }, message: { conversation: 'x' } }
    });
    expect(quotedIn({ key: { id: 'A', fromMe: true } }, BOB)).toEqual({ quoted: { key: { id: 'A', remoteJid: BOB, fromMe: true } } });
    expect(quotedIn(undefined, BOB)).toEqual({});
    expect(() => quotedIn({ key: {} }, BOB)).toThrow(/quoted\.key\.id/);
  });

  it('a key contains no jid twice', () => {
    const key = { remoteJid: BOB, id: 'A', fromMe: false, participant: null, remoteJidAlt: null, participantAlt: null };
    expect(evolutionKey(key)).toEqual({ remoteJid: BOB, id: 'A', fromMe: false });
  });
});
