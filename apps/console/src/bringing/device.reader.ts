import {
  encodeStream,
  isSingleFile,
  jsonOf,
  MigrateError,
  readFolder,
  readSingleFile,
  STREAM_FORMAT,
  type SourceFile
} from '@wabus/migrate';
import { isArchive, readArchive } from '@wabus/migrate/archive';

const NDJSON = 'application/x-ndjson';

/**
 * Converts the user's files (a folder, an archive of a folder, or one file) to the neutral form of a session, inside this page. Throws
 * `MigrateError`.
 */
export function streamOfFiles(files: readonly SourceFile[]): File {
  const [only] = files;
  if (only === undefined) throw new MigrateError('files', 'The selection contains no files.');
  if (files.length > 1) return encoded(readFolder(files));
  if (isArchive(only.content)) return encoded(readFolder(readArchive(only.content)));
  if (new TextDecoder().decode(only.content.subarray(0, 16)).startsWith('SQLite format 3'))
    throw new MigrateError('files', 'Import a database on the command line: npm run import -- <session> --from <file>');
  const text = new TextDecoder().decode(only.content);
  if (text.split('\n', 1)[0]!.includes(`"${STREAM_FORMAT}"`)) return new File([text], 'device', { type: NDJSON });
  const value = jsonOf(only.path, text);
  if (isSingleFile(value)) return encoded(readSingleFile(value));
  throw new MigrateError('files', 'Select the whole folder, not a single file from it.');
}

function encoded({ credentials, records }: ReturnType<typeof readFolder>): File {
  if (credentials === null)
    throw new MigrateError(
      'creds',
      'There are keys but no credentials. Use the command line to import a session that is stored in two places.'
    );
  const lines = [...encodeStream({ credentials, records, credentialsOnly: false })].map(line => `${line}\n`);
  return new File(lines, 'device', { type: NDJSON });
}
