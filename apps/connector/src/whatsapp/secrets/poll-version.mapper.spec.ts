import { encodeWAMessage, proto, unpadRandomMax16 } from '../baileys.js';
import { withKnownPolls } from './poll-version.mapper.js';

const POLL = { name: 'When?', options: [{ optionName: 'now' }] };
const V3_TAG = Buffer.from([0x82, 0x04]);
const V6_TAG = Buffer.from([0xba, 0x07]);

/** A message with a poll of version 6, as sent by WhatsApp. */
function sixth(message: proto.IMessage): Uint8Array {
  const bytes = Buffer.from(encodeWAMessage(message));
  V6_TAG.copy(bytes, bytes.indexOf(V3_TAG));
  return bytes;
}

test.each<[string, proto.IMessage]>([
  ['alone', { pollCreationMessageV3: POLL }],
  ['with a secret', { messageContextInfo: { messageSecret: Buffer.alloc(32, 1) }, pollCreationMessageV3: POLL }],
  ['from the own phone', { deviceSentMessage: { destinationJid: 'a@lid', message: { pollCreationMessageV3: POLL } } }],
  ['that disappears', { ephemeralMessage: { message: { pollCreationMessageV3: POLL } } }]
])('a poll of version 6 is read as version 3: %s', (_, message) => {
  const bytes = sixth(message);
  expect(JSON.stringify(proto.Message.decode(unpadRandomMax16(bytes)))).not.toContain('When?');
  expect(proto.Message.decode(unpadRandomMax16(withKnownPolls(bytes))).toJSON()).toEqual(proto.Message.fromObject(message).toJSON());
});

test('the same bytes inside a text stay unchanged', () => {
  const padded = encodeWAMessage({ conversation: 'x', extendedTextMessage: { matchedText: 'a', jpegThumbnail: V6_TAG } });
  expect(Buffer.from(withKnownPolls(padded))).toEqual(Buffer.from(padded));
});

test.each([[Buffer.alloc(0)], [Buffer.from([0xba, 0x07])], [Buffer.from([0xba, 0x07, 0xff, 0xff, 0xff, 0xff, 0x0f])]])(
  'a value that is not a message is returned unchanged: %p',
  bytes => expect(withKnownPolls(bytes)).toBeDefined()
);
