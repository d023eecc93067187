import { RECORD_TYPES, type RecordType } from '../device/portable-device.types.js';

/** Longest first: `sender-key-memory-…` is no `sender-key`. */
const BY_LENGTH = [...RECORD_TYPES].sort((a, b) => b.length - a.length);
const CREDENTIALS = 'creds';

export type NamedEntry = typeof CREDENTIALS | { readonly type: RecordType; readonly id: string };

/** What `<type>-<id>` names, with the id as it is: the names of fields and keys in databases. `null` when it is nothing known. */
export function parseRecordName(name: string): NamedEntry | null {
  if (name === CREDENTIALS) return CREDENTIALS;
  const type = BY_LENGTH.find(one => name.startsWith(`${one}-`));
  const id = type === undefined ? '' : name.slice(type.length + 1);
  return type === undefined || id === '' ? null : { type, id };
}

/** What a file of `useMultiFileAuthState` holds. In its names `/` is written `__` and `:` is written `-`; the type says which to write back. */
export function parseFileName(file: string): NamedEntry | null {
  if (!file.endsWith('.json')) return null;
  const entry = parseRecordName(file.slice(0, -'.json'.length));
  return entry === null || entry === CREDENTIALS ? entry : { ...entry, id: writtenBack(entry) };
}

function writtenBack({ type, id }: { type: RecordType; id: string }): string {
  switch (type) {
    case 'app-state-sync-key':
      return id.replaceAll('__', '/');
    case 'sender-key':
      // Jids of older groups hold hyphens of their own, so the last two pairs count.
      return id.replace(/^(.*)--(.*)--(\d+)$/, '$1::$2::$3');
    case 'tctoken':
    case 'sender-key-memory':
      return id === '__index' || id.endsWith('@g.us') ? id : id.replace(/-(\d+)@/, ':$1@');
    case 'pre-key':
    case 'session':
    case 'app-state-sync-version':
    case 'lid-mapping':
    case 'device-list':
    case 'identity-key':
    case 'message-secret':
      return id;
  }
}
