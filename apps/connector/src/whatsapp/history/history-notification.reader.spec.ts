import { inflateSync } from 'node:zlib';
import { encodeWAMessage, proto, unpadRandomMax16 } from '../baileys.js';
import { decodeNotification, encodeNotification, hollow, isSamePart, readNotification } from './history-notification.reader.js';

const { RECENT, FULL } = proto.Message.HistorySyncType;
const notification = { syncType: RECENT, chunkOrder: 2, progress: 50, directPath: '/x', mediaKey: Buffer.from('key') };
const plaintext = encodeWAMessage({
  protocolMessage: { type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION, historySyncNotification: notification }
});

test('Baileys gets the same notification with an empty chunk', () => {
  const hollowed = proto.Message.decode(unpadRandomMax16(hollow(plaintext))).protocolMessage?.historySyncNotification;
  expect(hollowed).toMatchObject({ syncType: RECENT, chunkOrder: 2, progress: 50 });
  const history = proto.HistorySync.decode(inflateSync(hollowed!.initialHistBootstrapInlinePayload!));
  expect(history).toMatchObject({ syncType: proto.HistorySync.HistorySyncType.RECENT, conversations: [], pushnames: [] });
});

test('a stored notification decodes to the same data', () => {
  const read = readNotification(plaintext)!;
  expect(decodeNotification(encodeNotification(read))).toEqual(read);
  expect(readNotification(encodeWAMessage({ conversation: 'hello' }))).toBeNull();
});

test('a part that is sent again is recognized', () => {
  expect(isSamePart(notification, { ...notification, directPath: '/y' })).toBe(true);
  expect(isSamePart(notification, { ...notification, chunkOrder: 3 })).toBe(false);
  expect(isSamePart(notification, { ...notification, syncType: FULL })).toBe(false);
  expect(isSamePart(notification, { ...notification, peerDataRequestSessionId: 'R' })).toBe(false);
});
