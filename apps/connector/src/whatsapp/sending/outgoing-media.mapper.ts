import { mediaContentName, type MediaContentName } from '@wabus/contracts';
import { outgoingContext, present } from './outgoing-message.mapper.js';
import { OutgoingMedia, revived } from './socket-call.policy.js';

/** Larger images are sent without a preview, so that the connector does not decode them in memory. */
const PREVIEW_LIMIT_BYTES = 8 * 1024 * 1024;

/** The content of `sendMessage` with an open file. */
export type OutgoingMediaContent = Readonly<Record<string, unknown>>;

/** Whether the content contains a file. */
export function isMediaContent(content: object): content is OutgoingMediaContent {
  return mediaContentName(content) !== null;
}

/**
 * Converts content to Baileys' form. Of the data that Baileys can determine itself, it determines only what is cheap and safe: the duration of a sound, and the
 * preview of a small image. A preview of a video would run ffmpeg on an untrusted file, and the waveform of a voice note would need the whole file in memory.
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

/** Returns a plain copy of fields without a file, since Baileys changes some of its arguments; omits missing fields. */
const plain = (fields: object): Record<string, unknown> => present(revived(fields)) as Record<string, unknown>;

/** Returns the fields that Baileys must neither send nor determine, as `null`. */
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
