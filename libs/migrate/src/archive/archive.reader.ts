import { Gunzip, unzipSync, type UnzipFileInfo } from 'fflate';
import { parseTar } from 'nanotar';
import { MigrateError } from '../device/migrate.error.js';
import type { SourceFile } from '../formats/folder.reader.js';

/** A file in an archive with the time of its last change in ms since 1970; `null` if the archive does not state it. */
export interface ArchivedFile extends SourceFile {
  readonly modifiedAt: number | null;
}

/** A folder of sessions unpacks to a few megabytes. Anything larger is not such a folder, or is intended to exhaust the memory. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Whether the bytes begin like a zip, tar or gzip file. */
export function isArchive(bytes: Uint8Array): boolean {
  return isZip(bytes) || isGzip(bytes) || isTar(bytes);
}

/**
 * Returns the files in a zip, tar or tar.gz archive.
 * @throws {MigrateError} if the archive is damaged or unpacks to more than `maxBytes`
 */
export function readArchive(bytes: Uint8Array, maxBytes = MAX_UNPACKED_BYTES): ArchivedFile[] {
  try {
    if (isZip(bytes)) return unzip(bytes, maxBytes);
    const tar = isGzip(bytes) ? gunzip(bytes, maxBytes) : bytes;
    return parseTar(tar).flatMap(({ name, data, type, attrs, size }) => {
      // Old archives mark a file by a zero byte.
      const isFile = data !== undefined && type !== 'directory' && type !== 'symbolicLink' && type !== 'hardLink';
      if (isFile && data.length !== size) throw cutShort();
      return isFile ? [{ path: plainPath(name), content: data, modifiedAt: attrs?.mtime === undefined ? null : attrs.mtime * 1_000 }] : [];
    });
  } catch (error) {
    if (error instanceof MigrateError) throw error;
    throw new MigrateError('archive', 'The archive cannot be read: it is damaged, or not a zip, a tar or a tar.gz.');
  }
}

function unzip(bytes: Uint8Array, maxBytes: number): ArchivedFile[] {
  let unpacked = 0;
  const filter = ({ originalSize }: UnzipFileInfo): boolean => {
    unpacked += originalSize;
    if (unpacked > maxBytes) throw tooLarge(maxBytes);
    return true;
  };
  const files = Object.entries(unzipSync(bytes, { filter })).filter(([name]) => !name.endsWith('/'));
  return files.map(([name, content]) => ({ path: plainPath(name), content, modifiedAt: null }));
}

function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let unpacked = 0;
  let whole = false;
  const gunzipper = new Gunzip((piece, final) => {
    unpacked += piece.length;
    if (unpacked > maxBytes) throw tooLarge(maxBytes);
    pieces.push(piece);
    whole ||= final;
  });
  for (let from = 0; from < bytes.length; from += 65_536)
    gunzipper.push(bytes.subarray(from, from + 65_536), from + 65_536 >= bytes.length);
  if (!whole) throw cutShort();
  return joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const plainPath = (name: string): string => name.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
const tooLarge = (maxBytes: number) => new MigrateError('archive', `The archive unpacks to more than ${maxBytes} bytes.`);
const cutShort = () => new MigrateError('archive', 'The archive is truncated.');
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isTar = (bytes: Uint8Array): boolean => new TextDecoder('latin1').decode(bytes.subarray(257, 262)) === 'ustar';
