import { RECORD_TYPES, type RecordType } from '../device/portable-device.types.js';

/** The longest type first, because `sender-key-memory-…` is not a `sender-key`. */
const BY_LENGTH = [...RECORD_TYPES].sort((a, b) => b.length - a.length);
const CREDENTIALS = 'creds';

export type NamedEntry = typeof CREDENTIALS | { readonly type: RecordType; readonly id: string };

/** Parses a name of the form `<type>-<id>`, as fields and keys in databases have it; the id is unchanged. Returns `null` for an unknown name. */
export function parseRecordName(name: string): NamedEntry | null {
  if (name === CREDENTIALS) return CREDENTIALS;
  const type = BY_LENGTH.find(one => name.startsWith(`${one}-`));
  const id = type === undefined ? '' : name.slice(type.length + 1);
  return type === undefined || id === '' ? null : { type, id };
}

/**
 * Parses the name of a file of `useMultiFileAuthState`; returns `null` for an unknown one. Such names have `__` for `/` and `-` for `:`, and the type
 * determines which of them to restore.
 */
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
      // The jids of older groups contain hyphens, so the last two pairs count.
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
