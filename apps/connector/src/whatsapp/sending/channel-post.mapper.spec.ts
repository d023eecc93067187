import type { BinaryNode } from '@whiskeysockets/baileys';
import { proto } from '../baileys.js';
import { completedPost } from './channel-post.mapper.js';

const CHANNEL = '120363000000000001@newsletter';
const post = (message: proto.IMessage, attrs: Record<string, string> = {}, to = CHANNEL): BinaryNode => ({
  tag: 'message',
  attrs: { to, id: '3EB0', type: 'media' },
  content: [
    { tag: 'meta', attrs: {} },
    { tag: 'plaintext', attrs, content: proto.Message.encode(message).finish() }
  ]
});
const kindOf = (node: BinaryNode): [string | undefined, string | undefined] => {
  const [, plaintext] = completedPost(node).content as BinaryNode[];
  return [completedPost(node).attrs['type'], plaintext?.attrs['mediatype']];
};

const KINDS: [message: proto.IMessage, kind: string][] = [
  [{ imageMessage: {} }, 'image'],
  [{ videoMessage: {} }, 'video'],
  [{ videoMessage: { gifPlayback: true } }, 'gif'],
  [{ ptvMessage: {} }, 'ptv'],
  [{ audioMessage: {} }, 'audio'],
  [{ audioMessage: { ptt: true } }, 'ptt'],
  [{ documentMessage: {} }, 'document'],
  [{ stickerMessage: {} }, 'sticker'],
  [{ contactMessage: {} }, 'vcard'],
  [{ extendedTextMessage: { text: 'see a.example', matchedText: 'a.example' } }, 'url']
];

test.each(KINDS)('%j is a post with the kind %s', (message, kind) => {
  expect(kindOf(post(message))).toEqual(['media', kind]);
});

test('other stanzas stay unchanged', () => {
  const unchanged = [
    post({ conversation: 'plain' }),
    post({ extendedTextMessage: { text: 'plain' } }),
    post({ imageMessage: {} }, { mediatype: 'motion_photo' }),
    post({ imageMessage: {} }, {}, '15550000001@s.whatsapp.net'),
    { tag: 'message', attrs: { to: CHANNEL, type: 'reaction' }, content: [{ tag: 'reaction', attrs: { code: '+' } }] },
    { tag: 'message', attrs: { to: CHANNEL, type: 'text' }, content: [{ tag: 'plaintext', attrs: {}, content: Buffer.from([0xff]) }] },
    { tag: 'iq', attrs: { to: CHANNEL }, content: [] }
  ];
  for (const node of unchanged) expect(completedPost(node)).toBe(node);
});
