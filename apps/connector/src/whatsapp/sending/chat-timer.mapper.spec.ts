import type { WAMessage } from '@whiskeysockets/baileys';
import { applyTimer, latest, timersIn } from './chat-timer.mapper.js';

const CHAT = '1@s.whatsapp.net';
const upsert = (message: object, key: object = {}) =>
  timersIn({
    'messages.upsert': {
      type: 'notify',
      messages: [{ key: { remoteJid: CHAT, id: 'M', ...key }, message, messageTimestamp: 50 }]
    }
  });
const text = (contextInfo: object) => ({ extendedTextMessage: { text: 'hi', contextInfo } });

describe('a chat timer is read from', () => {
  test.each([
    [
      'a change of a chat',
      timersIn({ 'chats.update': [{ id: CHAT, ephemeralExpiration: 60, ephemeralSettingTimestamp: 9 }] }),
      { seconds: 60, setAt: 9 }
    ],
    [
      'a chat whose timer ended',
      timersIn({ 'chats.update': [{ id: CHAT, ephemeralExpiration: null, ephemeralSettingTimestamp: 9 }] }),
      { seconds: 0, setAt: 9 }
    ],
    [
      'a chat from a device',
      timersIn({ 'chats.upsert': [{ id: '1:4@s.whatsapp.net', ephemeralExpiration: 60 }] }),
      { seconds: 60, setAt: 0 }
    ],
    [
      'history',
      timersIn({ 'messaging-history.set': { chats: [{ id: CHAT, ephemeralExpiration: 60 }], contacts: [], messages: [] } }),
      { seconds: 60, setAt: 0 }
    ],
    ['a setting', upsert({ protocolMessage: { type: 3, ephemeralExpiration: 60 } }), { seconds: 60, setAt: 50 }],
    ['a setting that ends it', upsert({ protocolMessage: { type: 3 } }), { seconds: 0, setAt: 50 }],
    [
      'a setting of the contact',
      upsert({ protocolMessage: { type: 3, ephemeralExpiration: 60, disappearingMode: { initiator: 1 } } }),
      { seconds: 60, setAt: 50, initiator: 2 }
    ],
    [
      'a setting of the account',
      upsert({ protocolMessage: { type: 3, ephemeralExpiration: 60, disappearingMode: { initiator: 1 } } }, { fromMe: true }),
      { seconds: 60, setAt: 50, initiator: 1 }
    ],
    ['a message', upsert(text({ expiration: 60, ephemeralSettingTimestamp: 9 })), { seconds: 60, setAt: 9 }],
    [
      'a wrapped message',
      upsert({ ephemeralMessage: { message: text({ expiration: 60, ephemeralSettingTimestamp: 9 }) } }),
      { seconds: 60, setAt: 9 }
    ]
  ])('%s', (_what, news, timer) => {
    expect(news).toEqual([{ chat: CHAT, ...timer }]);
  });

  test('neither a message with its own timer nor other changes', () => {
    expect(upsert(text({ expiration: 60 }))).toEqual([]);
    expect(timersIn({ 'chats.update': [{ id: CHAT, unreadCount: 1 }], 'groups.update': [{ id: 'g@g.us', subject: 'x' }] })).toEqual([]);
  });

  test('the setting of a group', () => {
    expect(timersIn({ 'groups.update': [{ id: 'g@g.us', ephemeralDuration: 60 }] })).toEqual([{ chat: 'g@g.us', seconds: 60, setAt: 0 }]);
  });
});

test.each([
  ['the later setting', { seconds: 60, setAt: 5 }, { seconds: 90, setAt: 6 }, { seconds: 90, setAt: 6 }],
  ['the known setting if the other is older', { seconds: 60, setAt: 5 }, { seconds: 90, setAt: 4 }, { seconds: 60, setAt: 5 }],
  [
    'the initiator of the same setting',
    { seconds: 60, setAt: 5, initiator: 2 },
    { seconds: 60, setAt: 5 },
    { seconds: 60, setAt: 5, initiator: 2 }
  ],
  ['the first one', undefined, { seconds: 60, setAt: 0 }, { seconds: 60, setAt: 0 }]
])('%s applies', (_what, known, news, expected) => {
  expect(latest(known, news)).toEqual(expected);
});

describe('an outgoing message', () => {
  const leaving = (content: object, chat = CHAT) => {
    const message = { key: {}, message: content } as WAMessage;
    applyTimer(message, chat, { seconds: 60, setAt: 9 });
    return message.message;
  };

  test('contains the timer, its time and its initiator', () => {
    const disappearingMode = { initiator: 0, trigger: 1 };
    expect(leaving(text({ stanzaId: 'Q' }))).toEqual(
      text({ stanzaId: 'Q', expiration: 60, ephemeralSettingTimestamp: 9, disappearingMode })
    );
    expect(leaving(text({}), 'g@g.us')).toEqual(text({ expiration: 60, ephemeralSettingTimestamp: 9 }));
    expect(leaving(text({ expiration: 5 }))).toMatchObject(text({ expiration: 5 }));
  });

  test.each([
    [{ reactionMessage: { text: '+', key: { id: 'M' } } }],
    [{ protocolMessage: { type: 0, key: { id: 'M' } } }],
    [{ pinInChatMessage: { key: { id: 'M' }, type: 1 } }],
    [{ conversation: 'hi' }]
  ])('gets no timer if it has no context: %j', content => {
    expect(leaving(structuredClone(content))).toEqual(content);
  });
});
