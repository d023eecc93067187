import type { StreamFormat } from './stream-format.catalog.js';

/** The metadata fields of a stream that contain its format and the first release that can read it. */
export const FORMAT_MARK = 'wabus.format';
export const RELEASE_MARK = 'wabus.release';

export type Metadata = Readonly<Record<string, string>>;

/** A stream that this release must not touch. Its message is one line for operators. */
export class UnknownFormatError extends Error {
  override readonly name = 'UnknownFormatError';
}

/** `current`: nothing to do; `older`: to be migrated, but readable without migration until then. */
export type FormatVerdict = 'current' | 'older';

/** Returns the format in a stream's metadata; 0 without a mark, `NaN` if the mark is not a number. */
export function markedFormat(metadata: Metadata | undefined): number {
  const mark = metadata?.[FORMAT_MARK];
  return mark === undefined ? 0 : /^\d{1,9}$/.test(mark) ? Number(mark) : NaN;
}

/** Compares a stream's metadata with the known format. Throws `UnknownFormatError` if a newer release has written the stream. Pure. */
export function judgeFormat(stream: string, metadata: Metadata | undefined, known: StreamFormat): FormatVerdict {
  const found = markedFormat(metadata);
  if (found === known.format) return 'current';
  if (found < known.format) return 'older';
  const release = metadata?.[RELEASE_MARK];
  const remedy = release === undefined ? 'Use the release that wrote it.' : `Use release ${release} or newer.`;
  throw new UnknownFormatError(
    `Stream ${stream} has format ${metadata?.[FORMAT_MARK]}, and this release knows formats up to ${known.format}. ${remedy} Nothing was changed.`
  );
}

/** Throws `UnknownFormatError` if the stream must be migrated by a user that may do so. Pure. */
export function requireReadable(stream: string, metadata: Metadata | undefined, known: StreamFormat): void {
  const found = markedFormat(metadata);
  if (found >= known.readable) return;
  throw new UnknownFormatError(
    `Stream ${stream} has format ${found}, and this release reads formats from ${known.readable} on. Run its provisioning as the user admin first (docs/operations/deployment.md, "Upgrades").`
  );
}

/** Returns the metadata of a stream that this release has written or migrated. */
export const formatMetadata = ({ format, release }: StreamFormat): Record<string, string> => ({
  [FORMAT_MARK]: String(format),
  [RELEASE_MARK]: release
});

/** Returns the formats to migrate through, in order. Pure. */
export function stepsTo({ format }: StreamFormat, metadata: Metadata | undefined): number[] {
  const found = markedFormat(metadata);
  return Array.from({ length: format - found }, (_, index) => found + index + 1);
}
