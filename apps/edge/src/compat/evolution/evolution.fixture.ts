import { GROUP, METADATA, NUMBER, OGG, PERSON, PIXEL, SENT, type PeerExchange } from '../peer-exchange.fixture.js';

const STORED = { media: expect.stringMatching(/^media_/) as string };
const ID = 'BAE594145F4C59B4';
const sent = { key: SENT.key, status: 'PENDING', messageTimestamp: 1_667_561_485, instanceId: 'default' };

/**
 * https://doc.evolution-api.com/v2/api-reference/message-controller/send-text and its neighbors, read 2026-11-30; requests with `options` are of version 1.
 */
const MESSAGES: readonly PeerExchange[] = [
  {
    ask: 'POST /message/sendText/default',
    body: { number: NUMBER, text: 'teste de envio', delay: 1200 },
    commands: [['sendMessage', { jid: PERSON, content: { text: 'teste de envio' } }]],
    replies: [SENT],
    status: 201,
    answer: { ...sent, message: { conversation: 'teste de envio' }, messageType: 'conversation' }
  },
  {
    ask: 'POST /message/sendText/default',
    body: { number: NUMBER, options: { delay: 1200, presence: 'composing', linkPreview: false }, textMessage: { text: 'version 1' } },
    commands: [['sendMessage', { jid: PERSON, content: { text: 'version 1' } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /message/sendText/default',
    body: { number: NUMBER, text: 'a reply', quoted: { key: { id: ID }, message: { conversation: 'CONTENT_MESSAGE' } } },
    commands: [
      [
        'sendMessage',
        {
          jid: PERSON,
          content: { text: 'a reply' },
          options: { quoted: { key: { remoteJid: PERSON, id: ID, fromMe: false }, message: { conversation: 'CONTENT_MESSAGE' } } }
        }
      ]
    ],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /message/sendText/default',
    body: { number: '120363041234567890', text: 'to all', mentionsEveryOne: true, mentioned: [NUMBER] },
    commands: [['sendMessage', { jid: GROUP, content: { text: 'to all', mentionAll: true } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /message/sendMedia/default',
    body: { number: NUMBER, mediatype: 'image', mimetype: 'image/png', caption: 'Teste de caption', media: PIXEL, fileName: 'Imagem.png' },
    commands: [['sendMessage', { jid: PERSON, content: { image: STORED, caption: 'Teste de caption' } }]],
    replies: [SENT],
    status: 201,
    answer: { ...sent, messageType: 'imageMessage', message: { imageMessage: { caption: 'Teste de caption' } } }
  },
  {
    ask: 'POST /message/sendMedia/default',
    body: { number: NUMBER, mediaMessage: { mediatype: 'document', fileName: 'a.png', media: `data:image/png;base64,${PIXEL}` } },
    commands: [['sendMessage', { jid: PERSON, content: { document: STORED, fileName: 'a.png' } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /message/sendWhatsAppAudio/default',
    body: { number: NUMBER, audio: OGG },
    commands: [['sendMessage', { jid: PERSON, content: { audio: STORED, ptt: true } }]],
    replies: [SENT],
    status: 201,
    answer: { messageType: 'audioMessage' }
  },
  {
    ask: 'POST /message/sendLocation/default',
    body: { number: NUMBER, name: 'Bora Bora', address: 'French Polynesian', latitude: -16.505538233564373, longitude: -151.7422770494996 },
    commands: [
      [
        'sendMessage',
        {
          jid: PERSON,
          content: {
            location: {
              degreesLatitude: -16.505538233564373,
              degreesLongitude: -151.7422770494996,
              name: 'Bora Bora',
              address: 'French Polynesian'
            }
          }
        }
      ]
    ],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /message/sendContact/default',
    body: {
      number: NUMBER,
      contact: [{ fullName: 'Contact Name', wuid: '559999999999', phoneNumber: '+55 99 9 9999-9999', organization: 'Company Name' }]
    },
    commands: [
      [
        'sendMessage',
        {
          jid: PERSON,
          content: {
            contacts: { contacts: [{ displayName: 'Contact Name', vcard: expect.stringContaining('waid=559999999999:') as string }] }
          }
        }
      ]
    ],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /message/sendReaction/default',
    body: { key: { remoteJid: PERSON, fromMe: true, id: ID }, reaction: '🚀' },
    commands: [['sendMessage', { jid: PERSON, content: { react: { text: '🚀', key: { remoteJid: PERSON, fromMe: true, id: ID } } } }]],
    replies: [SENT],
    status: 201,
    answer: { messageType: 'reactionMessage' }
  },
  {
    ask: 'POST /message/sendPoll/default',
    body: { number: NUMBER, name: 'Main text of the poll', selectableCount: 1, values: ['Question 1', 'Question 2'] },
    commands: [
      [
        'sendMessage',
        { jid: PERSON, content: { poll: { name: 'Main text of the poll', values: ['Question 1', 'Question 2'], selectableCount: 1 } } }
      ]
    ],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /message/sendStatus/default',
    body: { type: 'text', content: 'Hi', backgroundColor: '#008000', font: 1, allContacts: false, statusJidList: [PERSON] },
    commands: [
      [
        'sendMessage',
        { jid: 'status@broadcast', content: { text: 'Hi' }, options: { statusJidList: [PERSON], backgroundColor: '#008000', font: 1 } }
      ]
    ],
    replies: [SENT],
    status: 201
  }
];

/** https://doc.evolution-api.com/v2/api-reference/chat-controller/check-is-whatsapp and its neighbors, read 2026-11-30. */
const CHATS: readonly PeerExchange[] = [
  {
    ask: 'POST /chat/whatsappNumbers/default',
    body: { numbers: ['12132132130', '55119999999'] },
    commands: [['onWhatsApp', { phoneNumbers: ['12132132130', '55119999999'] }]],
    replies: [
      [
        { asked: '12132132130', jid: PERSON, exists: true },
        { asked: '55119999999', exists: false }
      ]
    ],
    status: 200,
    answer: [
      { exists: true, jid: PERSON, number: '12132132130' },
      { exists: false, jid: '55119999999@s.whatsapp.net', number: '55119999999' }
    ]
  },
  {
    ask: 'POST /chat/markMessageAsRead/default',
    body: { readMessages: [{ remoteJid: PERSON, fromMe: false, id: ID }] },
    commands: [['readMessages', { keys: [{ remoteJid: PERSON, fromMe: false, id: ID }] }]],
    status: 201,
    answer: { message: 'Read messages', read: 'success' }
  },
  {
    ask: 'POST /chat/archiveChat/default',
    body: { lastMessage: { key: { remoteJid: PERSON, fromMe: false, id: ID }, messageTimestamp: 1_717_689_097 }, archive: true },
    commands: [
      [
        'chatModify',
        {
          jid: PERSON,
          modification: {
            archive: true,
            lastMessages: [{ key: { remoteJid: PERSON, fromMe: false, id: ID }, messageTimestamp: 1_717_689_097 }]
          }
        }
      ]
    ],
    status: 201,
    answer: { chatId: PERSON, archived: true }
  },
  {
    ask: 'DELETE /chat/deleteMessageForEveryone/default',
    body: { id: ID, remoteJid: PERSON, fromMe: true, participant: '' },
    commands: [['sendMessage', { jid: PERSON, content: { delete: { remoteJid: PERSON, fromMe: true, id: ID } } }]],
    replies: [SENT],
    status: 201
  },
  {
    ask: 'POST /chat/updateMessage/default',
    body: { number: NUMBER, key: { remoteJid: PERSON, fromMe: true, id: ID }, text: 'new message' },
    commands: [['sendMessage', { jid: PERSON, content: { text: 'new message', edit: { remoteJid: PERSON, fromMe: true, id: ID } } }]],
    replies: [SENT],
    status: 200
  },
  {
    ask: 'POST /chat/sendPresence/default',
    body: { number: NUMBER, delay: 1200, presence: 'composing' },
    commands: [['sendPresenceUpdate', { type: 'composing', toJid: PERSON }]],
    status: 201,
    answer: { presence: 'composing' }
  },
  {
    ask: 'POST /chat/fetchProfilePictureUrl/default',
    body: { number: NUMBER },
    commands: [['profilePictureUrl', { jid: PERSON, type: 'image' }]],
    replies: ['https://pps.whatsapp.net/v/t1'],
    status: 200,
    answer: { wuid: PERSON, profilePictureUrl: 'https://pps.whatsapp.net/v/t1' }
  },
  {
    ask: 'POST /chat/updateBlockStatus/default',
    body: { number: NUMBER, status: 'block' },
    commands: [['updateBlockStatus', { jid: PERSON, action: 'block' }]],
    status: 201
  },
  {
    ask: 'POST /label/handleLabel/default',
    body: { number: NUMBER, labelId: '5', action: 'add' },
    commands: [['addChatLabel', { jid: PERSON, labelId: '5' }]],
    status: 200,
    answer: { numberJid: PERSON, labelId: '5', add: true }
  }
];

/** https://doc.evolution-api.com/v2/api-reference/group-controller/group-create and its neighbors, read 2026-11-30. */
const GROUPS: readonly PeerExchange[] = [
  {
    ask: 'POST /group/create/default',
    body: { subject: 'Test 02', description: 'optional', participants: [NUMBER] },
    commands: [
      ['groupCreate', { subject: 'Test 02', participants: [PERSON] }],
      ['groupUpdateDescription', { jid: GROUP, description: 'optional' }]
    ],
    replies: [METADATA, undefined],
    status: 201,
    answer: { id: GROUP, subject: 'Work Group', desc: 'optional' }
  },
  {
    ask: 'GET /group/fetchAllGroups/default?getParticipants=false',
    commands: [['groupFetchAllParticipating', {}]],
    replies: [{ [GROUP]: METADATA }],
    status: 200,
    answer: [{ id: GROUP, subject: 'Work Group', size: 1, restrict: true, announce: false }]
  },
  {
    ask: `GET /group/participants/default?groupJid=${GROUP}`,
    commands: [['groupMetadata', { jid: GROUP }]],
    replies: [METADATA],
    status: 200,
    answer: { participants: [{ id: '99@lid', admin: 'superadmin' }] }
  },
  {
    ask: `POST /group/updateParticipant/default?groupJid=${GROUP}`,
    body: { action: 'add', participants: [NUMBER] },
    commands: [['groupParticipantsUpdate', { jid: GROUP, participants: [PERSON], action: 'add' }]],
    replies: [[{ jid: PERSON, status: '200' }]],
    status: 201,
    answer: { updateParticipants: [{ jid: PERSON, status: '200' }] }
  },
  {
    ask: `POST /group/updateSetting/default?groupJid=${GROUP}`,
    body: { action: 'announcement' },
    commands: [['groupSettingUpdate', { jid: GROUP, setting: 'announcement' }]],
    status: 201
  },
  {
    ask: `GET /group/inviteCode/default?groupJid=${GROUP}`,
    commands: [['groupInviteCode', { jid: GROUP }]],
    replies: ['DgQvyfXzY01B6rGrpZpYze'],
    status: 200,
    answer: { inviteUrl: 'https://chat.whatsapp.com/DgQvyfXzY01B6rGrpZpYze', inviteCode: 'DgQvyfXzY01B6rGrpZpYze' }
  },
  {
    ask: `DELETE /group/leaveGroup/default?groupJid=${GROUP}`,
    commands: [['groupLeave', { id: GROUP }]],
    status: 200,
    answer: { groupJid: GROUP, leave: true }
  }
];

export const EVOLUTION_EXCHANGES: readonly PeerExchange[] = [...MESSAGES, ...CHATS, ...GROUPS];
