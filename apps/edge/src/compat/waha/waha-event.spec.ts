import { wahaBodies } from './waha-event.codec.js';
import { eventsForWaha, WAHA_EVENTS, wahaEventsOf } from './waha-events.table.js';
import { messageOfWaha, wahaId, wahaMessageId } from './waha-id.codec.js';
import type { PeerEvent } from '../compat.types.js';

const BOB = '79111111@s.whatsapp.net';
const GROUP = '123456789@g.us';
const AT = '2026-11-21T09:51:47.148Z';

const bodies = (event: string, data: unknown, events: readonly string[] = ['*']): Record<string, unknown>[] => {
  const facts = { id: 'default.3.46', session: 'default', event, at: AT } as unknown as PeerEvent['facts'];
  return wahaBodies({ facts, cursor: 'MToxOjI', data }, { baseUrl: 'http://localhost:3000', events, me: null });
};
const message = (key: object, content: unknown, more: object = {}): object => ({
  type: 'notify',
  messages: [{ key: { remoteJid: BOB, fromMe: false, id: 'AAAA', ...key }, messageTimestamp: 1_667_561_485, message: content, ...more }]
});

/** Shapes: https://waha.devlike.pro/docs/how-to/events/, read 2026-11-30. */
describe('events in the format of WAHA', () => {
  it('a message is delivered as message and message.any', () => {
    const shown = bodies('messages.upsert', message({}, { conversation: 'Hi there!' }));
    expect(shown).toMatchObject([
      {
        id: 'evt_default.3.46',
        timestamp: Date.parse(AT),
        event: 'message',
        session: 'default',
        engine: 'NOWEB',
        payload: {
          id: 'false_79111111@c.us_AAAA',
          timestamp: 1_667_561_485,
          from: '79111111@c.us',
          fromMe: false,
          source: 'app',
          body: 'Hi there!',
          hasMedia: false,
          media: null,
          vCards: [],
          replyTo: null
        }
      },
      { id: 'evt_default.3.46.1', event: 'message.any' }
    ]);
    expect(bodies('messages.upsert', message({}, { conversation: 'x' }), ['message'])).toHaveLength(1);
  });

  it('an own message is delivered as message.any alone', () => {
    const own = { ...message({ fromMe: true, id: '3EB0AA' }, { conversation: 'x' }, { status: 1 }), type: 'append' };
    expect(bodies('messages.upsert', own)).toMatchObject([
      { event: 'message.any', payload: { fromMe: true, source: 'api', to: '79111111@c.us' } }
    ]);
  });

  it.each([
    ['now', 'notify', '3EB0AA'],
    ['while the session was offline', 'append', '3EB0AA'],
    ['on a phone', 'notify', 'AC01']
  ])('a message typed %s has the app as its source', (_title, type, id) => {
    const typed = { ...message({ fromMe: true, id }, { conversation: 'x' }, { status: 2 }), type };
    expect(bodies('messages.upsert', typed)).toMatchObject([{ event: 'message.any', payload: { fromMe: true, source: 'app' } }]);
  });

  it('people are named by number if the event contains it', () => {
    const [shown] = bodies('messages.upsert', message({ remoteJid: '99@lid', remoteJidAlt: BOB }, { conversation: 'x' }));
    expect(shown).toMatchObject({
      payload: { id: 'false_79111111@c.us_AAAA', from: '79111111@c.us', _data: { key: { remoteJid: '99@lid' } } }
    });
  });

  it('a message of a group names its author, and LIDs remain', () => {
    const [shown] = bodies('messages.upsert', message({ remoteJid: GROUP, participant: '99@lid' }, { conversation: 'x' }));
    expect(shown).toMatchObject({ payload: { id: `false_${GROUP}_AAAA_99@lid`, from: GROUP, participant: '99@lid' } });
  });

  it('a file has an address at the edge', () => {
    const content = { imageMessage: { mimetype: 'image/jpeg', caption: 'look', url: 'https://mmg.whatsapp.net/x' } };
    const [shown] = bodies('messages.upsert', message({}, content));
    expect(shown).toMatchObject({
      payload: {
        body: 'look',
        hasMedia: true,
        media: { url: 'http://localhost:3000/api/files/default/MToxOjI~AAAA', mimetype: 'image/jpeg' }
      }
    });
  });

  it('a reply names the message to which it replies', () => {
    const contextInfo = { stanzaId: 'BBBB', participant: BOB, quotedMessage: { conversation: 'Hello!' } };
    const [shown] = bodies('messages.upsert', message({}, { extendedTextMessage: { text: 'yes', contextInfo } }));
    expect(shown).toMatchObject({ payload: { body: 'yes', replyTo: { id: 'BBBB', participant: '79111111@c.us', body: 'Hello!' } } });
  });

  it('locations and cards have separate fields', () => {
    const [place] = bodies(
      'messages.upsert',
      message({}, { locationMessage: { degreesLatitude: 1.5, degreesLongitude: 2, name: 'Here' } })
    );
    expect(place).toMatchObject({ payload: { location: { description: 'Here', latitude: '1.5', longitude: '2' } } });
    const [card] = bodies('messages.upsert', message({}, { contactMessage: { displayName: 'A', vcard: 'BEGIN:VCARD' } }));
    expect(card).toMatchObject({ payload: { vCards: ['BEGIN:VCARD'] } });
  });

  it('a change to another message is not a message', () => {
    const reaction = { reactionMessage: { key: { id: 'x' }, text: '👍' } };
    for (const content of [reaction, { protocolMessage: { type: 0 } }]) expect(bodies('messages.upsert', message({}, content))).toEqual([]);
    expect(bodies('messages.upsert', message({}, undefined, { messageStubType: 2 }))).toMatchObject([{ event: 'message.waiting' }]);
  });

  it('reactions, acks, edits and deletions are separate events', () => {
    const target = { remoteJid: BOB, fromMe: true, id: 'T' };
    const reaction = { key: { remoteJid: BOB, fromMe: false, id: 'R' }, text: '🙏', senderTimestampMs: 1_710_481_111_853 };
    expect(bodies('messages.reaction', [{ key: target, reaction }])).toMatchObject([
      {
        event: 'message.reaction',
        payload: {
          id: 'false_79111111@c.us_R',
          from: '79111111@c.us',
          timestamp: 1_710_481_111.853,
          reaction: { text: '🙏', messageId: 'true_79111111@c.us_T' }
        }
      }
    ]);
    expect(bodies('messages.update', [{ key: target, update: { status: 4 } }])).toMatchObject([
      { event: 'message.ack', payload: { id: 'true_79111111@c.us_T', from: '79111111@c.us', fromMe: true, ack: 3, ackName: 'READ' } }
    ]);
    const edited = { message: { editedMessage: { message: { conversation: 'new' } } } };
    expect(bodies('messages.update', [{ key: target, update: edited }])).toMatchObject([
      { event: 'message.edited', payload: { editedMessageId: 'T', body: 'new' } }
    ]);
    expect(bodies('messages.update', [{ key: target, update: { message: null, messageStubType: 1 } }])).toMatchObject([
      { event: 'message.revoked', payload: { after: { id: 'true_79111111@c.us_T' }, before: null, revokedMessageId: 'T' } }
    ]);
    const receipt = { key: { remoteJid: GROUP, fromMe: true, id: 'T' }, receipt: { userJid: '99@lid', readTimestamp: 1 } };
    expect(bodies('message-receipt.update', [receipt])).toMatchObject([
      { event: 'message.ack.group', payload: { id: `true_${GROUP}_T_99@lid`, participant: '99@lid', ackName: 'READ' } }
    ]);
  });

  it('a session has its status and its account', () => {
    const account = { id: '7911111:5@s.whatsapp.net', lid: null, name: '~', platform: null };
    expect(bodies('session.status', { session: 'default', state: 'open', account })).toMatchObject([
      { event: 'session.status', payload: { name: 'default', status: 'WORKING' } }
    ]);
    expect(bodies('session.status', { session: 'default', state: 'pairing', account: null })).toMatchObject([
      { payload: { status: 'SCAN_QR_CODE' } }
    ]);
  });

  it('groups, presence, labels, calls and votes are translated', () => {
    const people = [{ id: '99@lid', phoneNumber: BOB, admin: null }];
    expect(bodies('group-participants.update', { id: GROUP, action: 'promote', participants: people })).toMatchObject([
      {
        event: 'group.v2.participants',
        payload: { type: 'promote', group: { id: GROUP }, participants: [{ id: '99@lid', pn: '79111111@c.us', role: 'admin' }] }
      }
    ]);
    expect(bodies('groups.upsert', [{ id: GROUP, subject: 'Work', announce: true, participants: people }])).toMatchObject([
      { event: 'group.v2.join', payload: { group: { id: GROUP, subject: 'Work', membersCanSendMessages: false } } }
    ]);
    expect(bodies('presence.update', { id: BOB, presences: { [BOB]: { lastKnownPresence: 'composing' } } })).toMatchObject([
      {
        event: 'presence.update',
        payload: { id: '79111111@c.us', presences: [{ participant: '79111111@c.us', lastKnownPresence: 'typing' }] }
      }
    ]);
    expect(bodies('labels.edit', { id: '10', name: 'L', color: 1, deleted: true })).toMatchObject([{ event: 'label.deleted' }]);
    const association = { type: 'label_jid', chatId: BOB, labelId: '6' };
    expect(bodies('labels.association', { type: 'add', association })).toMatchObject([
      { event: 'label.chat.added', payload: { labelId: '6', chatId: '79111111@c.us' } }
    ]);
    const call = { id: 'C', from: BOB, status: 'offer', date: AT, isVideo: true };
    expect(bodies('call', [call, { ...call, status: 'ringing' }])).toMatchObject([
      { event: 'call.received', payload: { id: 'C', isVideo: true } }
    ]);
    const vote = {
      key: { remoteJid: BOB, fromMe: true, id: 'P' },
      voteKey: { remoteJid: BOB, fromMe: false, id: 'V' },
      voter: BOB,
      options: ['Awesome!'],
      at: 1_000
    };
    expect(bodies('message.poll-vote', vote)).toMatchObject([
      {
        event: 'poll.vote',
        payload: { vote: { selectedOptions: ['Awesome!'], from: '79111111@c.us' }, poll: { id: 'true_79111111@c.us_P', from: 'me' } }
      }
    ]);
  });

  it('engine.event is delivered only if it is named', () => {
    expect(bodies('creds.update', { changed: ['me'] })).toEqual([]);
    expect(bodies('creds.update', { changed: ['me'] }, ['engine.event'])).toMatchObject([
      { event: 'engine.event', payload: { event: 'creds.update', data: { changed: ['me'] } } }
    ]);
  });

  it('malformed payloads cause neither events nor errors', () => {
    for (const event of new Set(Object.values(WAHA_EVENTS).flat()))
      for (const data of [null, [], [null], {}, 'x', [{ key: {} }], { messages: [null, {}] }])
        if (event !== 'session.status' && event !== '*') expect(() => bodies(event, data)).not.toThrow();
  });

  it('the events of a webhook map to Wabus events and back', () => {
    expect(eventsForWaha(['message', 'session.status', 'nonsense'])).toEqual(['messages.upsert', 'session.status']);
    expect(eventsForWaha(['engine.event'])).toEqual(['*']);
    expect(eventsForWaha(['*'])).toContain('call');
    expect(wahaEventsOf(['session.status'])).toEqual(['session.status']);
  });
});

describe('ids in the format of WAHA', () => {
  it('numbers become @c.us, and other jids stay', () => {
    expect([BOB, '79111111:5@s.whatsapp.net', '99@lid', GROUP, '1@newsletter'].map(wahaId)).toEqual([
      '79111111@c.us',
      '79111111@c.us',
      '99@lid',
      GROUP,
      '1@newsletter'
    ]);
  });

  it('an id of a message survives the round trip', () => {
    const keys = [
      { remoteJid: BOB, fromMe: false, id: 'AAAA', participant: null },
      { remoteJid: '99@lid', fromMe: true, id: '3EB0', participant: null },
      { remoteJid: GROUP, fromMe: false, id: 'AAAA', participant: BOB },
      { remoteJid: GROUP, fromMe: false, id: 'AAAA', participant: '99@lid' }
    ];
    for (const key of keys) {
      const { participant, ...rest } = key;
      expect(messageOfWaha(wahaMessageId(key), 'messageId')).toEqual({ ...rest, ...(participant === null ? {} : { participant }) });
    }
    expect(messageOfWaha('3EB0965B123D06E0B70741', 'messageId')).toEqual({ id: '3EB0965B123D06E0B70741' });
    expect(messageOfWaha(`true_${GROUP}_AA_out`, 'messageId')).toEqual({ remoteJid: GROUP, fromMe: true, id: 'AA' });
  });

  it.each(['', 'true_x', 'maybe_1@c.us_A', 'true_1@c.us_A_b_c', 'a b'])('%j is not an id of a message', text => {
    expect(() => messageOfWaha(text, 'reply_to')).toThrow(/reply_to must be the id of a message/);
  });
});
