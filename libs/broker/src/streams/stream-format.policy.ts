import type { StreamFormat } from './stream-format.catalog.js';

/** Where the metadata of a stream says how it is written, and which release can read it. */
export const FORMAT_MARK = 'wabus.format';
export const RELEASE_MARK = 'wabus.release';

export type Metadata = Readonly<Record<string, string>>;

/** A stream that this release must not touch. Its message is one line for operators. */
export class UnknownFormatError extends Error {
  override readonly name = 'UnknownFormatError';
}

/** `current`: nothing to do; `older`: to be brought up to date, and readable as it is until then. */
export type FormatVerdict = 'current' | 'older';

/** The format that a stream says it has; 0 without a mark. `NaN` for a mark that is not a number. */
export function markedFormat(metadata: Metadata | undefined): number {
  const mark = metadata?.[FORMAT_MARK];
  return mark === undefined ? 0 : /^\d{1,9}$/.test(mark) ? Number(mark) : NaN;
}

/** What to do with a stream of such metadata. Throws `UnknownFormatError` for one that a newer release has written. Pure. */
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

/** Throws `UnknownFormatError` for a stream that has to be brought up to date by somebody who may do it. Pure. */
export function requireReadable(stream: string, metadata: Metadata | undefined, known: StreamFormat): void {
  const found = markedFormat(metadata);
  if (found >= known.readable) return;
  throw new UnknownFormatError(
    `Stream ${stream} has format ${found}, and this release reads formats from ${known.readable} on. Run its provisioning as the user admin first (docs/operations/deployment.md, "Upgrades").`
  );
}

/** The metadata of a stream that this release has written or brought up to date. */
export const formatMetadata = ({ format, release }: StreamFormat): Record<string, string> => ({
  [FORMAT_MARK]: String(format),
  [RELEASE_MARK]: release
});

/** The formats to go through, in order. Pure. */
export function stepsTo({ format }: StreamFormat, metadata: Metadata | undefined): number[] {
  const found = markedFormat(metadata);
  return Array.from({ length: format - found }, (_, index) => found + index + 1);
}
