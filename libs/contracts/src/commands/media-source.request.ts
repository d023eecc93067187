import { Type } from 'class-transformer';
import { IsBase64, IsIn, IsObject, IsString, Matches, ValidateNested, registerDecorator } from 'class-validator';
import { Field, type FieldOptions } from '../fields/request-fields.js';
import { CONVERTED_KINDS, MEDIA_KINDS, type MediaKind, type MediaKindName } from '../media/media-kind.policy.js';
import { parseDataUrl, type DataUrl } from '../media/data-url.codec.js';
import { MEDIA_REFERENCE_PATTERN } from '../media/media-reference.js';

/** Only the beginning of a data URL is matched here; `parseDataUrl` validates the rest when the bytes are read. */
const ADDRESS = /^(?:https?:\/\/.{1,2040}$|data:)/i;

/** The source of a file: an uploaded file, an HTTPS URL, or bytes in one of three forms. Exactly one of them is set. A path is never a source. */
export class MediaSource {
  /** The kind of file that the field accepts. */
  get kind(): MediaKind {
    return MEDIA_KINDS.document;
  }

  @Field('The reference returned by the upload, `media_…`.', { optional: true }, IsString(), Matches(MEDIA_REFERENCE_PATTERN))
  media?: string;

  @Field(
    'An https address, which the edge fetches before it sends the command, or the file itself as a `data:` URL.',
    { optional: true },
    IsString(),
    Matches(ADDRESS, {
      message:
        '$property must be an https:// address of at most 2048 characters, or a data: URL: local files and other schemes are not supported'
    })
  )
  url?: string;

  @Field('`Buffer`, for bytes.', { optional: true }, IsIn(['Buffer']))
  type?: 'Buffer';

  @Field('The bytes in base64.', { optional: true }, IsString(), IsBase64())
  data?: string;

  @Field('The bytes in base64, without a prefix.', { optional: true }, IsString(), IsBase64())
  base64?: string;

  /** The bytes in the request; `null` if the source is an uploaded file or a URL. */
  get content(): Buffer | null {
    const base64 = this.data ?? this.base64;
    if (base64 !== undefined) return Buffer.from(base64, 'base64');
    return this.dataUrl?.content ?? null;
  }

  /** The media type in the data URL, if there is one. */
  get saidType(): string | undefined {
    return this.dataUrl?.mimetype;
  }

  private get dataUrl(): DataUrl | null {
    return this.url === undefined ? null : parseDataUrl(this.url);
  }
}

/** There is a class for each kind, so that the code that finds a source in validated arguments knows which kind of file it must be. */
class ImageSource extends MediaSource {
  override get kind(): MediaKind {
    return MEDIA_KINDS.image;
  }
}

class VideoSource extends MediaSource {
  override get kind(): MediaKind {
    return MEDIA_KINDS.video;
  }
}

class AudioSource extends MediaSource {
  override get kind(): MediaKind {
    return MEDIA_KINDS.audio;
  }
}

class StickerSource extends MediaSource {
  override get kind(): MediaKind {
    return MEDIA_KINDS.sticker;
  }
}

class DocumentSource extends MediaSource {
  override get kind(): MediaKind {
    return MEDIA_KINDS.document;
  }
}

class PictureSource extends MediaSource {
  override get kind(): MediaKind {
    return MEDIA_KINDS.picture;
  }
}

const SOURCES = {
  image: ImageSource,
  video: VideoSource,
  audio: AudioSource,
  sticker: StickerSource,
  document: DocumentSource,
  picture: PictureSource
} as const satisfies Record<MediaKindName, new () => MediaSource>;

/** Declares a field with a file. */
export const Media = (meaning: string, kind: MediaKindName, options: FieldOptions = {}): PropertyDecorator =>
  Field(
    meaning,
    options,
    IsObject({ message: '$property must be {media}, {url}, {base64} or bytes {type: "Buffer", data}: file paths are not accepted' }),
    ValidateNested(),
    OneSource(false),
    Type(() => SOURCES[kind])
  );

/** Declares a field with several files. */
export const MediaList = (meaning: string, kind: MediaKindName): PropertyDecorator =>
  Field(
    meaning,
    {},
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    OneSource(true),
    Type(() => SOURCES[kind])
  );

function OneSource(each: boolean): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'oneSource',
      target: target.constructor,
      propertyName: property as string,
      options: { message: '$property must contain exactly one of media, url, base64, or type with data', each },
      validator: { validate: isOneSource }
    });
}

function isOneSource(value: unknown): boolean {
  if (!(value instanceof MediaSource)) return false;
  const bytes = value.type !== undefined || value.data !== undefined;
  if (bytes && (value.type === undefined || value.data === undefined)) return false;
  if (value.url !== undefined && /^data:/i.test(value.url) && parseDataUrl(value.url) === null) return false;
  return [value.media !== undefined, value.url !== undefined, value.base64 !== undefined, bytes].filter(Boolean).length === 1;
}

/** A file in the arguments of a command. */
export interface PlacedSource {
  /** The path in the arguments, such as `content.image`. */
  readonly field: string;
  readonly source: MediaSource;
  /** The kind of file that is accepted: a wider one if the file is converted first. */
  readonly kind: MediaKind;
}

/** Returns all files in validated arguments, in the order of the fields. */
export function mediaSources(request: unknown, path: readonly string[] = []): PlacedSource[] {
  if (typeof request !== 'object' || request === null) return [];
  if (request instanceof MediaSource) return [{ field: path.join('.'), source: request, kind: request.kind }];
  return Object.entries(request).flatMap(([name, value]) => {
    const placed = mediaSources(value, [...path, name]);
    return isConverted(request, name, value) ? placed.map(one => ({ ...one, kind: CONVERTED_KINDS[name] })) : placed;
  });
}

/** Whether the field has a file that must be converted. */
function isConverted(content: object, name: string, value: unknown): name is keyof typeof CONVERTED_KINDS {
  return value instanceof MediaSource && Object.hasOwn(CONVERTED_KINDS, name) && (content as { convert?: unknown }).convert === true;
}

/** Returns the arguments as plain data, with each file replaced. */
export function withMedia(request: unknown, replace: (source: MediaSource) => unknown): unknown {
  if (typeof request !== 'object' || request === null) return request;
  if (request instanceof MediaSource) return replace(request);
  if (Array.isArray(request)) return request.map(item => withMedia(item, replace));
  return Object.fromEntries(Object.entries(request).map(([name, value]) => [name, withMedia(value, replace)]));
}
