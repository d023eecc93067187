import { ArrayMaxSize, IsArray, IsBase64, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { Field, Flag, Jids, Nested, Text, UserJid, Whole, type FieldOptions } from '../../fields/request-fields.js';
import { Media, type MediaSource } from '../media-source.request.js';
import { ChatMessageKeyFields, MessageKeyFields } from '../requests/message-key.request.js';
import { ProtocolObject, WebAddress } from './content-value.fields.js';

/** A product as a message shows it, with the field names of WhatsApp's `ProductSnapshot`. */
export class ProductFields {
  @Media('The picture of the product.', 'picture')
  productImage!: MediaSource;

  @Text('Id of the product in the catalog.', { max: 128, optional: true })
  productId?: string;

  @Text('Name of the product.', { max: 150, optional: true })
  title?: string;

  @Text('Description of the product.', { min: 0, max: 5_000, optional: true })
  description?: string;

  @Text('Code of the currency, such as `EUR`.', { min: 3, max: 3, optional: true })
  currencyCode?: string;

  @Whole('The price in thousandths of the currency.', { max: 10 ** 12, optional: true })
  priceAmount1000?: number;

  @Whole('The reduced price in thousandths of the currency.', { max: 10 ** 12, optional: true })
  salePriceAmount1000?: number;

  @Text('Number of the product in the inventory of the business.', { min: 0, max: 100, optional: true })
  retailerId?: string;

  @WebAddress('Web page of the product.', { optional: true })
  url?: string;

  @WebAddress('The web page, signed by WhatsApp.', { optional: true })
  signedUrl?: string;

  @Whole('How many pictures of the product the catalog has.', { max: 100, optional: true })
  productImageCount?: number;

  @Text('Id of the first picture of the product in the catalog.', { max: 128, optional: true })
  firstImageId?: string;
}

/** The header of an album. The pictures and videos follow as separate messages. */
export class AlbumFields {
  @Whole('How many pictures follow.', { max: 1_000, optional: true })
  expectedImageCount?: number;

  @Whole('How many videos follow.', { max: 1_000, optional: true })
  expectedVideoCount?: number;
}

const MIMETYPE = /^[a-z]+\/[a-z0-9.+-]+(; ?[a-z]+=[A-Za-z0-9.,_"-]+)*$/i;
const OPTIONAL: FieldOptions = { optional: true };

const Mimetype = (): PropertyDecorator =>
  Field(
    'The media type, if it must differ from the detected one.',
    OPTIONAL,
    Matches(MIMETYPE, { message: '$property must be a media type such as video/mp4' })
  );
const Caption = (): PropertyDecorator => Text('The caption.', { min: 0, max: 65_536, optional: true });
const Thumbnail = (): PropertyDecorator =>
  Field('A small JPEG, in base64, to show before the file is fetched.', OPTIONAL, IsString(), Length(1, 65_536), IsBase64());

const Convert = (to: string): PropertyDecorator =>
  Flag(`Makes the connector convert the file to ${to}, with ffmpeg. Fails with \`CONVERSION_UNAVAILABLE\` without ffmpeg.`, OPTIONAL);

/** The fields of all messages that contain a file. */
abstract class MediaContent {
  @Jids('The people mentioned; the caption contains `@<user>` for each.', { max: 1_024, min: 0, optional: true })
  mentions?: string[];

  @Flag('Whether the message mentions everybody in the group.', OPTIONAL)
  mentionAll?: boolean;

  @ProtocolObject("WhatsApp's `ContextInfo` in JSON, merged over the values that Wabus sets.", OPTIONAL)
  contextInfo?: object;

  @Mimetype()
  mimetype?: string;

  @Nested("Key of the account's message that this one replaces.", () => ChatMessageKeyFields, OPTIONAL)
  edit?: ChatMessageKeyFields;

  @Nested('Key of the header of the album that the file belongs to.', () => MessageKeyFields, OPTIONAL)
  albumParentKey?: MessageKeyFields;

  @Flag('Whether the recipient can open the message only once.', OPTIONAL)
  viewOnce?: boolean;
}

abstract class VisibleContent extends MediaContent {
  @Caption()
  caption?: string;

  @Thumbnail()
  jpegThumbnail?: string;

  @Whole('Width in pixels.', { min: 1, max: 65_535, optional: true })
  width?: number;

  @Whole('Height in pixels.', { min: 1, max: 65_535, optional: true })
  height?: number;
}

export class ImageContent extends VisibleContent {
  @Media('The image.', 'image')
  image!: MediaSource;
}

export class VideoContent extends VisibleContent {
  @Media('The video.', 'video')
  video!: MediaSource;

  @Flag('Whether the video plays automatically, without sound and in a loop.', OPTIONAL)
  gifPlayback?: boolean;

  @Convert('an MP4 that phones can play')
  convert?: boolean;

  @Flag('Whether the video is a round video note.', OPTIONAL)
  ptv?: boolean;

  @Whole('Length of the video in seconds.', { max: 86_400, optional: true })
  seconds?: number;
}

export class AudioContent extends MediaContent {
  @Media('The audio file.', 'audio')
  audio!: MediaSource;

  @Flag('Whether the audio is a voice note. Every WhatsApp client plays Ogg with Opus.', OPTIONAL)
  ptt?: boolean;

  @Convert('Ogg with Opus, with its length and waveform')
  convert?: boolean;

  @Whole('Length of the audio in seconds; detected if missing.', { max: 86_400, optional: true })
  seconds?: number;

  @Field(
    'The waveform of a voice note: up to 256 heights from 0 to 100.',
    OPTIONAL,
    IsArray(),
    ArrayMaxSize(256),
    IsInt({ each: true }),
    Min(0, { each: true }),
    Max(100, { each: true })
  )
  waveform?: number[];
}

export class DocumentContent extends MediaContent {
  @Media('The file.', 'document')
  document!: MediaSource;

  @Text('The file name that the recipient sees; the name of the upload if missing.', { max: 255, optional: true })
  fileName?: string;

  @Caption()
  caption?: string;

  @Thumbnail()
  jpegThumbnail?: string;
}

export class StickerContent extends MediaContent {
  @Media('The sticker.', 'sticker')
  sticker!: MediaSource;

  @Convert('a WebP of 512 by 512 pixels, from a picture or a video')
  convert?: boolean;

  @Flag('Whether the sticker is animated.', OPTIONAL)
  isAnimated?: boolean;

  @Whole('Width in pixels.', { min: 1, max: 4_096, optional: true })
  width?: number;

  @Whole('Height in pixels.', { min: 1, max: 4_096, optional: true })
  height?: number;
}

export class ProductContent {
  @Nested('A product of a catalog.', () => ProductFields)
  product!: ProductFields;

  @UserJid('The business whose catalog has the product.', OPTIONAL)
  businessOwnerJid?: string;

  @Text('The caption.', { min: 0, max: 65_536, optional: true })
  body?: string;

  @Text('The footer.', { min: 0, optional: true })
  footer?: string;

  @Flag('Whether the recipient can open the message only once.', OPTIONAL)
  viewOnce?: boolean;
}

/** The classes of the contents of `sendMessage` that contain a file, by the field that has the file or the object with the file. */
export const MEDIA_CONTENTS = {
  image: ImageContent,
  video: VideoContent,
  audio: AudioContent,
  document: DocumentContent,
  sticker: StickerContent,
  product: ProductContent
} as const;

export type MediaContentName = keyof typeof MEDIA_CONTENTS;
export type AnyMediaContent = InstanceType<(typeof MEDIA_CONTENTS)[MediaContentName]>;

/** Returns the field that makes a content one of `MEDIA_CONTENTS`; `null` if there is none. */
export function mediaContentName(content: object): MediaContentName | null {
  const names = Object.keys(MEDIA_CONTENTS) as MediaContentName[];
  return names.find(name => (content as Record<string, unknown>)[name] !== undefined) ?? null;
}
