import { contentFile, contentKind, contentText, unwrappedContent } from '@wabus/contracts/messages';

/** The kinds of files in messages. */
export type MessageMediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export interface MediaPart {
  readonly kind: MessageMediaKind;
  readonly mimetype: string | null;
  readonly fileName: string | null;
  readonly bytes: number | null;
}

type Json = Readonly<Record<string, unknown>>;

/** Returns the content of a message from Baileys (`{key, message, …}`), without its wrappers. */
export const messageContentOf = (message: unknown): Json | null => object(unwrappedContent(object(message)?.['message']));

/** Returns the readable text of a message, apart from its file name; `null` if there is none. */
export function messageText(message: unknown): string | null {
  const text = contentText(object(message)?.['message']);
  return text !== null && text === mediaOf(message)?.fileName ? null : text;
}

/** Returns the file of a message; `null` if it has none. */
export function mediaOf(message: unknown): MediaPart | null {
  const file = contentFile(object(message)?.['message']);
  if (file === null) return null;
  const { mimetype, fileName, fileLength } = file.fields;
  const bytes = Number(fileLength ?? Number.NaN);
  return {
    kind: file.kind === 'sticker-pack' ? 'document' : file.kind,
    mimetype: typeof mimetype === 'string' ? mimetype : null,
    fileName: typeof fileName === 'string' ? fileName : null,
    bytes: Number.isFinite(bytes) ? bytes : null
  };
}

/**
 * Returns what a message is if it is neither text nor a file: the name of its field, such as `pollCreationMessage`; `null` if it has no
 * content.
 */
export function otherKindOf(message: unknown): string | null {
  const content = object(message)?.['message'];
  return contentKind(content) ?? Object.keys(messageContentOf(message) ?? {}).find(name => name !== 'messageContextInfo') ?? null;
}

export type DeliveryState = 'error' | 'pending' | 'sent' | 'delivered' | 'read' | 'played';

const STATES: readonly DeliveryState[] = ['error', 'pending', 'sent', 'delivered', 'read', 'played'];

/**
 * Returns how far an own message has progressed, from the field `status` (a number, or its name on the wire); `null` if the field is missing.
 */
export function deliveryOf(message: unknown): DeliveryState | null {
  const status = object(message)?.['status'];
  if (typeof status === 'number') return STATES[status] ?? null;
  const names: Record<string, DeliveryState> = {
    ERROR: 'error',
    PENDING: 'pending',
    SERVER_ACK: 'sent',
    DELIVERY_ACK: 'delivered',
    READ: 'read',
    PLAYED: 'played'
  };
  return typeof status === 'string' ? (names[status] ?? null) : null;
}

function object(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}
