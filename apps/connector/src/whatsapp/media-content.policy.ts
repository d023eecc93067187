import { mediaContentName, type MediaContentName } from '@wabus/contracts';
import { OutgoingMedia } from './outgoing-media.state.js';

/** Larger images travel without a preview, so that none of them is decoded in the memory of a connector. */
const PREVIEW_LIMIT_BYTES = 8 * 1024 * 1024;

/** Content of `sendMessage` whose file is open. */
export type OutgoingMediaContent = Readonly<Record<string, unknown>>;

/** Whether the content carries a file. */
export function isMediaContent(content: object): content is OutgoingMediaContent {
  return mediaContentName(content) !== null;
}

/**
 * The content as Baileys takes it. What Baileys would find out by itself is left to it only where that costs little and is safe: the length of a sound, and the preview
 * of a small image. Previews of videos would run ffmpeg on a stranger's file, and waves of voice notes would load the whole of it.
 */
export function baileysMediaContent(content: OutgoingMediaContent): Record<string, unknown> {
  const name = mediaContentName(content)!;
  const media = content[name];
  if (!(media instanceof OutgoingMedia)) throw new TypeError(`${name} is not an open file`);
  const { mimetype, fileName } = media.facts;
  const { waveform, ...rest } = content as { waveform?: number[] };
  return {
    ...defaults(name, media),
    ...(mimetype === null ? {} : { mimetype }),
    ...(name === 'document' && fileName !== null ? { fileName } : {}),
    ...given(rest),
    ...(waveform ? { waveform: Uint8Array.from(waveform) } : {}),
    [name]: media.open()
  };
}

/** `null` is neither sent nor found out. */
function defaults(name: MediaContentName, { facts }: OutgoingMedia): Record<string, null> {
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

const given = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
