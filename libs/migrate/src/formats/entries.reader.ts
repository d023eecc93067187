import { neutralCredentials } from '../device/credentials.policy.js';
import { DeviceRecords } from '../device/device-records.state.js';
import { MigrateError } from '../device/migrate.error.js';
import type { PortableDevice } from '../device/portable-device.types.js';
import { parseRecordName, type NamedEntry } from './record-name.codec.js';

/** A named value: a file, the field of a hash, or a row. */
export interface StoreEntry {
  readonly name: string;
  /** A JSON text, or the value that a driver has parsed from a JSON column. */
  readonly value: unknown;
}

/**
 * Returns the device in entries named `creds` and `<type>-<id>`. `parseName` parses the names; those for which it returns `null` are listed as unknown.
 * @throws {MigrateError} with the name of the entry
 */
export function readEntries(
  entries: Iterable<StoreEntry>,
  parseName: (name: string) => NamedEntry | null = parseRecordName
): PortableDevice {
  let credentials: Record<string, unknown> | null = null;
  const records = new DeviceRecords();
  const unknown: string[] = [];
  for (const { name, value } of entries) {
    const entry = parseName(name);
    if (entry === null) unknown.push(name);
    else if (entry === 'creds') credentials = neutralCredentials(jsonOf(name, value));
    else records.add(entry.type, entry.id, jsonOf(name, value));
  }
  return { credentials, records: records.all(), unknown, notes: [] };
}

/** Parses a JSON text. The Evolution API stores JSON within a JSON string, which is parsed twice. */
export function jsonOf(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const data: unknown = JSON.parse(value);
    return typeof data === 'string' && /^\s*[[{]/.test(data) ? JSON.parse(data) : data;
  } catch {
    throw new MigrateError(name, `${name} is not JSON. The file may have been truncated while it was written: use the last complete copy.`);
  }
}
