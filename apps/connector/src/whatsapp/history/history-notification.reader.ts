import { deflateSync } from 'node:zlib';
import type { proto as Proto } from '@whiskeysockets/baileys';
import { encodeWAMessage, proto, unpadRandomMax16 } from '../baileys.js';

export type HistoryNotification = Proto.Message.IHistorySyncNotification;

/** The notification of a chunk in what was decrypted, `null` in every other message. */
export function readNotification(plaintext: Uint8Array): HistoryNotification | null {
  try {
    return proto.Message.decode(unpadRandomMax16(plaintext)).protocolMessage?.historySyncNotification ?? null;
  } catch {
    return null;
  }
}

/**
 * The same message with an empty chunk inside. Baileys handles it like every other: it synchronizes the application state after the first one and counts phases, but neither downloads
 * nor emits anything.
 */
export function hollow(plaintext: Uint8Array): Uint8Array {
  const message = proto.Message.decode(unpadRandomMax16(plaintext));
  const notification = message.protocolMessage?.historySyncNotification;
  if (notification) notification.initialHistBootstrapInlinePayload = deflateSync(emptyHistory(notification));
  return encodeWAMessage(message);
}

function emptyHistory({ syncType, progress, chunkOrder }: HistoryNotification): Uint8Array {
  // The two enumerations agree on every type that exists in both.
  const name = proto.Message.HistorySyncType[syncType ?? 0] as keyof typeof proto.HistorySync.HistorySyncType;
  return proto.HistorySync.encode({ syncType: proto.HistorySync.HistorySyncType[name], progress, chunkOrder }).finish();
}

export function encodeNotification(notification: HistoryNotification): Uint8Array {
  return proto.Message.HistorySyncNotification.encode(notification).finish();
}

export function decodeNotification(bytes: Uint8Array): HistoryNotification {
  return proto.Message.HistorySyncNotification.decode(bytes);
}

/** Whether two notifications name the same part of the history: the second one is the first sent again. */
export function isSamePart(a: HistoryNotification, b: HistoryNotification): boolean {
  const part = ({ syncType, chunkOrder, peerDataRequestSessionId: request }: HistoryNotification): string =>
    [syncType ?? 0, chunkOrder ?? 0, request ?? ''].join(' ');
  return part(a) === part(b);
}
