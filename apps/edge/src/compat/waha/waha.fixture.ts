import { GROUP, MESSAGE, METADATA, OGG, PERSON, PIXEL, SENT, type PeerExchange } from '../peer-exchange.fixture.js';

const STORED = { media: expect.stringMatching(/^media_/) as string };
const CHAT = '12132132130@c.us';
const session = 'default';
const sent = {
  id: 'true_12132132130@c.us_3EB0123456789ABCDEF012',
  timestamp: 1_667_561_485,
  fromMe: true,
  to: CHAT,
  ack: 1,
  key: SENT.key
};
const KEY = { remoteJid: PERSON, fromMe: false, id: MESSAGE };

/** https://waha.devlike.pro/docs/how-to/send-messages/, read 2026-11-30. */
const SEND_MESSAGES: readonly PeerExchange[] = [
  {
    ask: 'POST /api/sendText',
    body: { session, chatId: CHAT, text: 'Hi there!' },
    commands: [['sendMessage', { jid: PERSON, content: { text: 'Hi there!' } }]],
    replies: [SENT],
    status: 201,
    answer: { ...sent, body: 'Hi there!' }
  },
  {
    ask: 'POST /api/sendText',
    body: { session, chatId: CHAT, reply_to: `false_${CHAT}_${MESSAGE}`, text: 'Reply text', linkPreviewHighQuality: true },
    commands: [['sendMessage', { jid: PERSON, content: { text: 'Reply text' }, options: { quoted: { key: KEY } } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendText',
    body: { session, chatId: GROUP, text: 'Hi there! @2132132130', mentions: ['2132132130@c.us'] },
    commands: [['sendMessage', { jid: GROUP, content: { text: 'Hi there! @2132132130', mentions: ['2132132130@s.whatsapp.net'] } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendText',
    body: { session, chatId: '123123123@lid', text: 'to a hidden number' },
    commands: [['sendMessage', { jid: '123123123@lid', content: { text: 'to a hidden number' } }]],
    replies: [{ ...SENT, key: { ...SENT.key, remoteJid: '123123123@lid' } }],
    status: 201,
    answer: { id: 'true_123123123@lid_3EB0123456789ABCDEF012' }
  },
  {
    ask: 'POST /api/sendImage',
    body: { session, chatId: CHAT, file: { mimetype: 'image/png', filename: 'filename.png', data: PIXEL }, caption: 'string' },
    commands: [['sendMessage', { jid: PERSON, content: { image: STORED, caption: 'string' } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendFile',
    body: { session, chatId: CHAT, file: { mimetype: 'image/png', filename: 'filename.png', data: PIXEL } },
    commands: [['sendMessage', { jid: PERSON, content: { document: STORED, mimetype: 'image/png', fileName: 'filename.png' } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendVoice',
    body: { session, chatId: CHAT, file: { mimetype: 'audio/ogg; codecs=opus', filename: 'voice-message.mp3', data: OGG } },
    commands: [['sendMessage', { jid: PERSON, content: { audio: STORED, ptt: true } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendVideo',
    body: {
      session,
      chatId: CHAT,
      file: { mimetype: 'video/mp4', data: Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1').toString('base64') }
    },
    commands: [['sendMessage', { jid: PERSON, content: { video: STORED } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendLocation',
    body: { session, chatId: CHAT, latitude: 38.8937255, longitude: -77.0969763, title: 'Our office' },
    commands: [
      [
        'sendMessage',
        { jid: PERSON, content: { location: { degreesLatitude: 38.8937255, degreesLongitude: -77.0969763, name: 'Our office' } } }
      ]
    ],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendContactVcard',
    body: {
      session,
      chatId: CHAT,
      contacts: [{ fullName: 'John Doe', organization: 'Company Name', phoneNumber: '+91 11111 11111', whatsappId: '911111111111' }]
    },
    commands: [
      [
        'sendMessage',
        {
          jid: PERSON,
          content: {
            contacts: {
              contacts: [{ displayName: 'John Doe', vcard: expect.stringContaining('waid=911111111111:+91 11111 11111') as string }]
            }
          }
        }
      ]
    ],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendPoll',
    body: { session, chatId: CHAT, poll: { name: 'How are you?', options: ['Awesome!', 'Good!', 'Not bad!'], multipleAnswers: false } },
    commands: [
      [
        'sendMessage',
        { jid: PERSON, content: { poll: { name: 'How are you?', values: ['Awesome!', 'Good!', 'Not bad!'], selectableCount: 1 } } }
      ]
    ],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /api/sendSeen',
    body: { session, chatId: GROUP, messageId: `false_${GROUP}_${MESSAGE}`, participant: CHAT },
    commands: [['readMessages', { keys: [{ remoteJid: GROUP, id: MESSAGE, participant: PERSON, fromMe: false }] }]],
    status: 201
  },
  {
    ask: 'POST /api/startTyping',
    body: { session, chatId: CHAT },
    commands: [['sendPresenceUpdate', { type: 'composing', toJid: PERSON }]],
    status: 201
  },
  {
    ask: 'POST /api/stopTyping',
    body: { session, chatId: CHAT },
    commands: [['sendPresenceUpdate', { type: 'paused', toJid: PERSON }]],
    status: 201
  },
  {
    ask: 'PUT /api/reaction',
    body: { session, messageId: `false_${CHAT}_${MESSAGE}`, reaction: '👍' },
    commands: [['sendMessage', { jid: PERSON, content: { react: { text: '👍', key: KEY } } }]],
    replies: [SENT],
    status: 200
  },
  {
    ask: 'PUT /api/star',
    body: { session, chatId: CHAT, messageId: `false_${CHAT}_${MESSAGE}`, star: true },
    commands: [['star', { jid: PERSON, messages: [{ id: MESSAGE, fromMe: false }], star: true }]],
    status: 200
  }
];

/** https://waha.devlike.pro/docs/how-to/contacts/, read 2026-11-30. */
const CONTACTS: readonly PeerExchange[] = [
  {
    ask: 'GET /api/contacts/check-exists?phone=12132132130&session=default',
    commands: [['onWhatsApp', { phoneNumbers: ['12132132130'] }]],
    replies: [[{ asked: '12132132130', jid: PERSON, exists: true }]],
    status: 200,
    answer: { numberExists: true, chatId: CHAT }
  },
  {
    ask: 'GET /api/contacts/check-exists?phone=12132132139&session=default',
    commands: [['onWhatsApp', { phoneNumbers: ['12132132139'] }]],
    replies: [[{ asked: '12132132139', exists: false }]],
    status: 200,
    answer: { numberExists: false }
  },
  {
    ask: 'GET /api/contacts/profile-picture?contactId=12132132130&session=default',
    commands: [['profilePictureUrl', { jid: PERSON, type: 'image' }]],
    replies: ['https://example.com/profile.jpg'],
    status: 200,
    answer: { profilePictureURL: 'https://example.com/profile.jpg' }
  },
  {
    ask: 'GET /api/contacts/about?contactId=12132132130%40c.us&session=default',
    commands: [['fetchStatus', { jids: [PERSON] }]],
    replies: [[{ id: PERSON, status: { status: 'Hi, I use WhatsApp!' } }]],
    status: 200,
    answer: { about: 'Hi, I use WhatsApp!' }
  },
  {
    ask: 'POST /api/contacts/block',
    body: { contactId: '12132132130', session },
    commands: [['updateBlockStatus', { jid: PERSON, action: 'block' }]],
    status: 201
  }
];

/** https://waha.devlike.pro/docs/how-to/chats/ and …/groups/, read 2026-11-30. */
const CHATS_AND_GROUPS: readonly PeerExchange[] = [
  {
    ask: `PUT /api/default/chats/12132132130%40c.us/messages/true_12132132130%40c.us_${MESSAGE}`,
    body: { text: 'Hello, world!' },
    commands: [['sendMessage', { jid: PERSON, content: { text: 'Hello, world!', edit: { ...KEY, fromMe: true } } }]],
    replies: [SENT],
    status: 200
  },
  {
    ask: `DELETE /api/default/chats/12132132130%40c.us/messages/true_12132132130%40c.us_${MESSAGE}`,
    commands: [['sendMessage', { jid: PERSON, content: { delete: { ...KEY, fromMe: true } } }]],
    replies: [SENT],
    status: 200
  },
  {
    ask: `POST /api/default/chats/12132132130%40c.us/messages/false_12132132130%40c.us_${MESSAGE}/pin`,
    body: { duration: 86_400 },
    commands: [['sendMessage', { jid: PERSON, content: { pin: KEY, type: 1, time: 86_400 } }]],
    replies: [SENT],
    status: 201,
    answer: { success: true }
  },
  {
    ask: 'GET /api/default/groups?limit=10&offset=0&sortBy=subject&sortOrder=desc',
    commands: [['groupFetchAllParticipating', {}]],
    replies: [{ [GROUP]: METADATA }],
    status: 200,
    answer: [{ id: GROUP, subject: 'Work Group', owner: CHAT, participants: [{ id: '99@lid', phoneNumber: CHAT, admin: 'superadmin' }] }]
  },
  {
    ask: 'POST /api/default/groups',
    body: { name: 'Group name', participants: [{ id: CHAT }] },
    commands: [['groupCreate', { subject: 'Group name', participants: [PERSON] }]],
    replies: [METADATA],
    status: 201,
    answer: { id: GROUP }
  },
  {
    ask: `GET /api/default/groups/${encodeURIComponent(GROUP)}/participants`,
    commands: [['groupMetadata', { jid: GROUP }]],
    replies: [METADATA],
    status: 200,
    answer: [{ id: '99@lid', phoneNumber: CHAT, admin: 'superadmin' }]
  },
  {
    ask: `GET /api/default/groups/${GROUP}/participants/v2`,
    commands: [['groupMetadata', { jid: GROUP }]],
    replies: [METADATA],
    status: 200,
    answer: [{ id: '99@lid', pn: CHAT, role: 'superadmin' }]
  },
  {
    ask: `POST /api/default/groups/${GROUP}/participants/add`,
    body: { participants: [{ id: CHAT }] },
    commands: [['groupParticipantsUpdate', { jid: GROUP, participants: [PERSON], action: 'add' }]],
    replies: [[{ jid: PERSON, status: '200' }]],
    status: 201
  },
  {
    ask: `POST /api/default/groups/${GROUP}/admin/promote`,
    body: { participants: [{ id: CHAT }] },
    commands: [['groupParticipantsUpdate', { jid: GROUP, participants: [PERSON], action: 'promote' }]],
    replies: [[{ jid: PERSON, status: '200' }]],
    status: 201
  },
  {
    ask: `PUT /api/default/groups/${GROUP}/settings/security/info-admin-only`,
    body: { adminsOnly: true },
    commands: [['groupSettingUpdate', { jid: GROUP, setting: 'locked' }]],
    status: 200,
    answer: true
  },
  {
    ask: `GET /api/default/groups/${GROUP}/settings/security/info-admin-only`,
    commands: [['groupMetadata', { jid: GROUP }]],
    replies: [METADATA],
    status: 200,
    answer: { adminsOnly: true }
  },
  {
    ask: `GET /api/default/groups/${GROUP}/invite-code`,
    commands: [['groupInviteCode', { jid: GROUP }]],
    replies: ['invitecode'],
    status: 200,
    answer: 'invitecode'
  },
  {
    ask: 'POST /api/default/groups/join',
    body: { code: 'https://chat.whatsapp.com/invitecode' },
    commands: [['groupAcceptInvite', { code: 'invitecode' }]],
    replies: [GROUP],
    status: 201,
    answer: { id: GROUP }
  },
  {
    ask: `POST /api/default/groups/${GROUP}/leave`,
    commands: [['groupLeave', { id: GROUP }]],
    status: 201
  },
  {
    ask: 'POST /api/default/presence',
    body: { chatId: CHAT, presence: 'typing' },
    commands: [['sendPresenceUpdate', { type: 'composing', toJid: PERSON }]],
    status: 201
  },
  {
    ask: 'PUT /api/default/profile/name',
    body: { name: 'My New Name' },
    commands: [['updateProfileName', { name: 'My New Name' }]],
    status: 200,
    answer: { success: true }
  },
  {
    ask: 'POST /api/default/auth/request-code',
    body: { phoneNumber: '12132132130' },
    commands: [['requestPairingCode', { phoneNumber: '12132132130' }]],
    replies: [{ code: 'ABCDABCD', at: '2026-01-01T00:00:00Z' }],
    status: 201,
    answer: { code: 'ABCD-ABCD' }
  }
];

export const WAHA_EXCHANGES: readonly PeerExchange[] = [...SEND_MESSAGES, ...CONTACTS, ...CHATS_AND_GROUPS];
