import type { StoredMessageView } from '@wabus/contracts';
import { objectOf } from '../peer-fields.policy.js';
import { countOf, isSentByProgram, locationIn, messageFacts, numbersFirst, vcardsIn, type MessageParts } from '../peer-messages.policy.js';
import { wahaId, wahaIdOrNull, wahaMessageId } from './waha-id.codec.js';

const ACKS = ['ERROR', 'PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'] as const;

/** Returns WhatsApp's status of a message as WAHA counts it, which is one less. */
export function wahaAck(status: number): { ack: number; ackName: string } {
  return { ack: status - 1, ackName: ACKS[status] ?? 'UNKNOWN' };
}

/** Returns the address from which the file of a message can be fetched; `null` if it is unknown. */
export type FileAddress = ((file: { mimetype: string | null; fileName: string | null }) => string) | null;

/** Returns a message of Baileys in the format of WAHA, or `null` if the value is not a message. `type` is the type of its event. */
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
    // Always the chat, as in WAHA's engine NOWEB.
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

/** Returns a message of the read models in the format of WAHA, with its newest text. */
export function wahaStoredMessage(view: StoredMessageView): Record<string, unknown> {
  const { chat, id, fromMe, participant, timestamp, text, message } = view;
  const { remoteJidAlt, participantAlt } = objectOf(objectOf(message)['key']);
  const key = { remoteJid: chat, id, fromMe, participant, remoteJidAlt, participantAlt };
  const shown = wahaMessage({ messageTimestamp: timestamp, ...objectOf(message), key });
  return { ...shown, ...(text === null ? {} : { body: text }) };
}
