/** What a message brings besides text. */
export type MessageMediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export interface MediaPart {
  readonly kind: MessageMediaKind;
  readonly mimetype: string | null;
  readonly fileName: string | null;
  readonly bytes: number | null;
}

type Json = Readonly<Record<string, unknown>>;

const MEDIA_FIELDS: readonly [field: string, kind: MessageMediaKind][] = [
  ['imageMessage', 'image'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['audioMessage', 'audio'],
  ['documentMessage', 'document'],
  ['stickerMessage', 'sticker']
];

/** Messages that stand around another one. */
const WRAPPERS = ['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'documentWithCaptionMessage', 'editedMessage'];

/** The content of a message as Baileys gives it (`{key, message, …}`), without what is wrapped around it. */
export function messageContentOf(message: unknown): Json | null {
  let content = object(object(message)?.['message']);
  for (let depth = 0; content !== null && depth < 5; depth++) {
    const inside: Json | null = WRAPPERS.reduce<Json | null>((found, name) => found ?? object(object(content?.[name])?.['message']), null);
    if (inside === null) return content;
    content = inside;
  }
  return content;
}

/** The text or caption of a message; `null` when it has none. */
export function messageText(message: unknown): string | null {
  const content = messageContentOf(message);
  if (content === null) return null;
  const direct = content['conversation'] ?? object(content['extendedTextMessage'])?.['text'];
  if (typeof direct === 'string') return direct;
  const captions = MEDIA_FIELDS.map(([field]) => object(content[field])?.['caption']);
  const caption = captions.find(one => typeof one === 'string' && one !== '');
  return typeof caption === 'string' ? caption : null;
}

/** The file of a message; `null` when it has none. */
export function mediaOf(message: unknown): MediaPart | null {
  const content = messageContentOf(message);
  for (const [field, kind] of MEDIA_FIELDS) {
    const part = object(content?.[field]);
    if (part === null) continue;
    const bytes = Number(part['fileLength'] ?? Number.NaN);
    return {
      kind,
      mimetype: typeof part['mimetype'] === 'string' ? part['mimetype'] : null,
      fileName: typeof part['fileName'] === 'string' ? part['fileName'] : null,
      bytes: Number.isFinite(bytes) ? bytes : null
    };
  }
  return null;
}

/** What a message is when it is neither text nor a file: the name of its field, such as `pollCreationMessage`; `null` for one without content. */
export function otherKindOf(message: unknown): string | null {
  const names = Object.keys(messageContentOf(message) ?? {}).filter(name => name !== 'messageContextInfo');
  return names[0] ?? null;
}

export type DeliveryState = 'error' | 'pending' | 'sent' | 'delivered' | 'read' | 'played';

const STATES: readonly DeliveryState[] = ['error', 'pending', 'sent', 'delivered', 'read', 'played'];

/** How far a message of one's own is, from the field `status`, a number or its name on the wire; `null` when it does not say. */
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
