import { mediaContentName, type MediaContentName } from '@wabus/contracts';
import { outgoingContext, present } from './outgoing-message.mapper.js';
import { OutgoingMedia, revived } from './socket-call.policy.js';

/** Larger images travel without a preview, so that none of them is decoded in the memory of a connector. */
const PREVIEW_LIMIT_BYTES = 8 * 1024 * 1024;

/** Content of `sendMessage` whose file is open. */
export type OutgoingMediaContent = Readonly<Record<string, unknown>>;

/** Whether the content carries a file. */
export function isMediaContent(content: object): content is OutgoingMediaContent {
  return mediaContentName(content) !== null;
}

/**
 * The content as Baileys takes it. What Baileys would find out itself is left to it only where that costs little and is safe: the length of a sound, and the preview
 * of a small image. Previews of videos would run ffmpeg on a stranger's file, and waves of voice notes would load the whole of it.
 * Throws `INVALID_ARGUMENTS` like `outgoingContent`.
 */
export function baileysMediaContent(content: OutgoingMediaContent): Record<string, unknown> {
  const name = mediaContentName(content)!;
  if (name === 'product') return productContent(content as unknown as OutgoingProduct);
  const { [name]: media, waveform, contextInfo, ...rest } = content;
  if (!(media instanceof OutgoingMedia)) throw new TypeError(`${name} is not an open file`);
  const { mimetype, fileName } = media.facts;
  return {
    ...defaults(name, media),
    ...(mimetype === null ? {} : { mimetype }),
    ...(name === 'document' && fileName !== null ? { fileName } : {}),
    ...plain(rest),
    ...(waveform ? { waveform: Uint8Array.from(waveform as number[]) } : {}),
    ...(contextInfo ? { contextInfo: outgoingContext(contextInfo) } : {}),
    [name]: media.open()
  };
}

interface OutgoingProduct {
  readonly product: { readonly productImage: OutgoingMedia };
}

function productContent({ product, ...rest }: OutgoingProduct): Record<string, unknown> {
  const { productImage, ...facts } = product;
  return { ...plain(rest), product: { ...plain(facts), productImage: productImage.open() } };
}

/** A plain copy of what holds no file, since Baileys changes some of what it gets; without what is missing. */
const plain = (fields: object): Record<string, unknown> => present(revived(fields)) as Record<string, unknown>;

/** `null` is neither sent nor found out. */
function defaults(name: Exclude<MediaContentName, 'product'>, { facts }: OutgoingMedia): Record<string, null> {
  switch (name) {
    case 'image':
      return facts.bytes > PREVIEW_LIMIT_BYTES ? { jpegThumbnail: null } : {};
    case 'video':
      return { jpegThumbnail: null };
    case 'audio':
      return { waveform: null };
    case 'document':
    case 'sticker':
      return {};
  }
}
