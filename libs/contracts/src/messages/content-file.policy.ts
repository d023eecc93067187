import { unwrappedContent } from './message-content.policy.js';

/** The kind of a file in WhatsApp's protocol, which determines the name from which the encryption key is derived. */
export type FileKind = 'image' | 'video' | 'audio' | 'document' | 'sticker' | 'sticker-pack';

export interface ContentFile {
  readonly kind: FileKind;
  /** The protobuf message that describes the file: `url`, `directPath`, `mediaKey`, hashes, `mimetype` and others. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The fields that contain a file, at any depth. */
const FILES: Readonly<Record<string, FileKind>> = {
  imageMessage: 'image',
  videoMessage: 'video',
  ptvMessage: 'video',
  audioMessage: 'audio',
  documentMessage: 'document',
  stickerMessage: 'sticker',
  stickerPackMessage: 'sticker-pack',
  productImage: 'image',
  catalogImage: 'image'
};

/** Fields whose files belong to other messages, or that the author did not intend to send as a file. */
const NOT_LOOKED_INTO: ReadonlySet<string> = new Set([
  'contextInfo',
  'messageContextInfo',
  'protocolMessage',
  'annotations',
  'interactiveAnnotations',
  'messageHistoryBundle'
]);
/** The depth of `templateMessage.interactiveMessageTemplate.carouselMessage.cards[].header.productMessage.product.productImage`, with its list. */
const MAX_DEPTH = 10;

/**
 * Returns the file in a content, which is the field `message` of Baileys' message. The file may also be inside a wrapper, or in the header of a template, of
 * buttons, of a product, of a list or of the first card that has one. `null` if there is none.
 */
export function contentFile(content: unknown): ContentFile | null {
  let first: ContentFile | null = null;
  for (const file of filesIn(unwrappedContent(content), MAX_DEPTH)) {
    // A header may have only a thumbnail.
    if (isPlaced(file.fields)) return file;
    first ??= file;
  }
  return first;
}

function* filesIn(value: unknown, depth: number): Generator<ContentFile> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || depth === 0) return;
  for (const [name, one] of Object.entries(value as Record<string, unknown>)) {
    if (NOT_LOOKED_INTO.has(name)) continue;
    if (name === 'invoiceMessage' && isObject(one)) yield attachmentOf(one);
    else if (Object.hasOwn(FILES, name) && isObject(one)) yield { kind: FILES[name]!, fields: one };
    else yield* filesIn(one, depth - 1);
  }
}

const isObject = (value: unknown): value is ContentFile['fields'] => typeof value === 'object' && value !== null && !Array.isArray(value);

const isPlaced = ({ directPath, url }: ContentFile['fields']): boolean =>
  [directPath, url].some(place => typeof place === 'string' && place !== '');

/** Converts the picture or PDF of an invoice: its fields are those of other files with the prefix `attachment`. */
function attachmentOf(invoice: ContentFile['fields']): ContentFile {
  const renamed = Object.entries(invoice).flatMap(([name, value]) => {
    const [, first, rest] = /^attachment([A-Z])(.*)$/.exec(name) ?? [];
    return first === undefined ? [] : [[first.toLowerCase() + rest!, value] as const];
  });
  const isPdf = invoice['attachmentType'] === 1 || invoice['attachmentType'] === 'PDF';
  return { kind: isPdf ? 'document' : 'image', fields: Object.fromEntries(renamed) };
}
