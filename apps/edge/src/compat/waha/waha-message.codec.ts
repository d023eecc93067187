import type { StoredMessageView } from '@wabus/contracts';
import { objectOf } from '../peer-fields.policy.js';
import { countOf, isSentByProgram, locationIn, messageFacts, numbersFirst, vcardsIn, type MessageParts } from '../peer-messages.policy.js';
import { wahaId, wahaIdOrNull, wahaMessageId } from './waha-id.codec.js';

const ACKS = ['ERROR', 'PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'] as const;

/** WhatsApp's status of a message as WAHA counts it: one less. */
export function wahaAck(status: number): { ack: number; ackName: string } {
  return { ack: status - 1, ackName: ACKS[status] ?? 'UNKNOWN' };
}

/** Where the file of a message can be fetched; `null` when nobody knows. */
export type FileAddress = ((file: { mimetype: string | null; fileName: string | null }) => string) | null;

/** A message of Baileys as WAHA shows it, `type` that of its event; `null` for what names no message. */
export function wahaMessage(message: unknown, fileAddress: FileAddress = null, type?: unknown): Record<string, unknown> | null {
  const facts = messageFacts(message);
  return facts && { ...wahaMessageOf(facts, message, fileAddress), source: isSentByProgram(facts, type) ? 'api' : 'app' };
}

function wahaMessageOf(facts: MessageParts, message: unknown, fileAddress: FileAddress): Record<string, unknown> {
  const { timestamp, text, content, file, quoted, status } = facts;
  const key = numbersFirst(facts.key);
  const chat = wahaId(key.remoteJid);
  const location = locationIn(content);
  return {
    id: wahaMessageId(key),
    timestamp,
    // As WAHA's engine NOWEB has it: always the chat.
    from: chat,
    fromMe: key.fromMe,
    to: key.fromMe ? chat : null,
    participant: wahaIdOrNull(key.participant),
    body: text ?? '',
    hasMedia: file !== null,
    media:
      file === null ? null : { url: fileAddress?.(file) ?? null, filename: file.fileName, mimetype: file.mimetype, s3: null, error: null },
    mediaUrl: file === null ? undefined : (fileAddress?.(file) ?? undefined),
    ...wahaAck(status ?? (key.fromMe ? 1 : 3)),
    location: location && {
      description: location['name'] ?? location['address'] ?? null,
      latitude: String(numberOrZero(location['degreesLatitude'])),
      longitude: String(numberOrZero(location['degreesLongitude']))
    },
    vCards: vcardsIn(content),
    replyTo: quoted && { id: quoted.id, participant: wahaIdOrNull(quoted.participant), body: quoted.text },
    _data: message
  };
}

const numberOrZero = (value: unknown): number => countOf(value) ?? (typeof value === 'number' ? value : 0);

/** A message of the read models as WAHA shows it. Its text is the newest. */
export function wahaStoredMessage(view: StoredMessageView): Record<string, unknown> {
  const { chat, id, fromMe, participant, timestamp, text, message } = view;
  const { remoteJidAlt, participantAlt } = objectOf(objectOf(message)['key']);
  const key = { remoteJid: chat, id, fromMe, participant, remoteJidAlt, participantAlt };
  const shown = wahaMessage({ messageTimestamp: timestamp, ...objectOf(message), key });
  return { ...shown, ...(text === null ? {} : { body: text }) };
}
