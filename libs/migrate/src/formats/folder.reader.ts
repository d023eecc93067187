import { MigrateError } from '../device/migrate.error.js';
import type { PortableDevice } from '../device/portable-device.types.js';
import { readEntries } from './entries.reader.js';
import { parseFileName } from './record-name.codec.js';

/** A file in a folder or an archive. */
export interface SourceFile {
  /** The path, with `/` between folders. */
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Returns the device in the files of `useMultiFileAuthState`, which Baileys' examples, WAHA's NOWEB, the Evolution API and most bots use. The files may be in
 * any one of several folders; `folder` selects one if several contain a device.
 * @throws {MigrateError} if there is no such folder or a file is invalid
 */
export function readFolder(files: readonly SourceFile[], folder?: string): PortableDevice {
  const chosen = chooseFolder(files, folder);
  const inside = files.filter(({ path }) => folderOf(path) === chosen);
  const decoder = new TextDecoder();
  // A file with an unknown name may contain anything, so it is not read.
  const entries = inside.map(({ path, content }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { name, value: parseFileName(name) === null ? null : decoder.decode(content) };
  });
  return readEntries(entries, parseFileName);
}

/** Returns the folders that contain a device, as recognized by their files. */
export function deviceFolders(files: readonly { readonly path: string }[]): string[] {
  const withCredentials = files.filter(({ path }) => fileOf(path) === 'creds.json');
  // The Evolution API stores the credentials elsewhere.
  const found = withCredentials.length > 0 ? withCredentials : files.filter(({ path }) => /^pre-key-\d+\.json$/.test(fileOf(path)));
  return [...new Set(found.map(({ path }) => folderOf(path)))].sort();
}

function chooseFolder(files: readonly SourceFile[], wanted: string | undefined): string {
  const folders = deviceFolders(files);
  const matching = wanted === undefined ? folders : folders.filter(one => one === wanted || one.split('/').at(-1) === wanted);
  if (matching.length === 1) return matching[0]!;
  if (matching.length === 0)
    throw new MigrateError(
      'creds.json',
      wanted === undefined ? 'There is no file creds.json.' : `There is no folder ${wanted} that contains creds.json.`
    );
  throw new MigrateError(
    'creds.json',
    `Several folders contain a session: ${matching.map(one => one || '.').join(', ')}. Choose one by name.`
  );
}

const fileOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
