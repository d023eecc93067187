import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { proto } from '../baileys.js';
import { reportCorrections } from './channel-corrections.js';

const CHANNEL = '120363000000000001@newsletter';
const encoded = (message: proto.IMessage): Uint8Array => proto.Message.encode(message).finish();
const post = (attrs: object, message: proto.IMessage = { conversation: 'new' }, meta: object | null = null): BinaryNode => ({
  tag: 'message',
  attrs: { from: CHANNEL, id: 'A', t: '1700000000', ...attrs },
  content: [
    ...(meta ? [{ tag: 'meta', attrs: meta as Record<string, string> }] : []),
    { tag: 'plaintext', attrs: {}, content: encoded(message) }
  ]
});

/** Returns the message that Baileys would read from a stanza. */
function read(stanza: BinaryNode): object {
  const stanzas = new EventEmitter();
  reportCorrections(stanzas);
  stanzas.emit('frame', stanza);
  const message = stanza.tag === 'notification' ? (stanza.content as BinaryNode[])[0]! : stanza;
  const plaintext = (message.content as BinaryNode[]).at(-1)!;
  return proto.Message.decode(plaintext.content as Uint8Array).toJSON();
}

const edit = (editedMessage: object, timestampMs = '1700000000000'): object => ({
  protocolMessage: { key: { remoteJid: CHANNEL, fromMe: false, id: 'A' }, type: 'MESSAGE_EDIT', editedMessage, timestampMs }
});

describe('a post of a channel', () => {
  it.each<[string, BinaryNode, object]>([
    ['that is new', post({}), { conversation: 'new' }],
    ['with edit 3', post({ edit: '3' }), edit({ conversation: 'new' })],
    [
      'with the time of its edit',
      post({}, { imageMessage: { caption: 'new' } }, { msg_edit_t: '1700000009' }),
      edit({ imageMessage: { caption: 'new' } }, '1700000009000')
    ],
    [
      'with a time in milliseconds',
      post({ edit: '3' }, undefined, { msg_edit_t: '1700000009123' }),
      edit({ conversation: 'new' }, '1700000009123')
    ],
    ['with the times of an original', post({}, undefined, { original_msg_t: '1700000000' }), { conversation: 'new' }],
    ['deleted', post({ edit: '8' }, {}), { protocolMessage: { key: { remoteJid: CHANNEL, fromMe: false, id: 'A' }, type: 'REVOKE' } }],
    [
      'that is itself an edit',
      post({ edit: '3' }, { protocolMessage: { type: 14, editedMessage: { conversation: 'own' } } }),
      { protocolMessage: { type: 'MESSAGE_EDIT', editedMessage: { conversation: 'own' } } }
    ],
    ['of another chat', post({ from: '1@s.whatsapp.net', edit: '3' }), { conversation: 'new' }],
    [
      'in a notification',
      { tag: 'notification', attrs: { from: CHANNEL, type: 'newsletter' }, content: [post({ message_id: 'A', edit: '3' })] },
      edit({ conversation: 'new' })
    ]
  ])('%s', (_name, stanza, message) => expect(read(stanza)).toEqual(message));

  it('that is not a message stays unchanged', () => {
    const stanza = post({ edit: '3' });
    (stanza.content as BinaryNode[])[0]!.content = new Uint8Array([255, 255]);
    const stanzas = new EventEmitter();
    reportCorrections(stanzas);
    stanzas.emit('frame', stanza);
    expect((stanza.content as BinaryNode[])[0]!.content).toEqual(new Uint8Array([255, 255]));
  });
});
