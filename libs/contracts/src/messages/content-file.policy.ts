import { unwrappedContent } from './message-content.policy.js';

/** What a file is to a phone. Its key is derived under the name that WhatsApp gives the kind. */
export type FileKind = 'image' | 'video' | 'audio' | 'document' | 'sticker' | 'sticker-pack';

export interface ContentFile {
  readonly kind: FileKind;
  /** The protobuf message that describes the file, as it is in the content: `url`, `directPath`, `mediaKey`, hashes, `mimetype` and others. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The fields that hold a file, wherever they stand. */
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

/** Under these stand files of other messages, or none that its author meant to send. */
const NOT_LOOKED_INTO: ReadonlySet<string> = new Set([
  'contextInfo',
  'messageContextInfo',
  'protocolMessage',
  'annotations',
  'interactiveAnnotations',
  'messageHistoryBundle'
]);
/** `templateMessage.interactiveMessageTemplate.carouselMessage.cards[].header.productMessage.product.productImage` and a list between. */
const MAX_DEPTH = 10;

/**
 * The file of a content (the field `message` of Baileys' message): in it, in what it wraps, or in the header of a template, of buttons, of a product, of a list or of
 * the first card that has one. `null` when there is none.
 */
export function contentFile(content: unknown): ContentFile | null {
  let first: ContentFile | null = null;
  for (const file of filesIn(unwrappedContent(content), MAX_DEPTH)) {
    // A header may come with a thumbnail only.
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

/** A picture or PDF, whose fields are those of other files with `attachment` before their names. */
function attachmentOf(invoice: ContentFile['fields']): ContentFile {
  const renamed = Object.entries(invoice).flatMap(([name, value]) => {
    const [, first, rest] = /^attachment([A-Z])(.*)$/.exec(name) ?? [];
    return first === undefined ? [] : [[first.toLowerCase() + rest!, value] as const];
  });
  const isPdf = invoice['attachmentType'] === 1 || invoice['attachmentType'] === 'PDF';
  return { kind: isPdf ? 'document' : 'image', fields: Object.fromEntries(renamed) };
}
