import { neutralCredentials } from '../device/credentials.policy.js';
import { DeviceRecords } from '../device/device-records.state.js';
import { MigrateError } from '../device/migrate.error.js';
import type { PortableDevice } from '../device/portable-device.types.js';
import { parseRecordName, type NamedEntry } from './record-name.codec.js';

/** A value by its name: a file, the field of a hash, a row. */
export interface StoreEntry {
  readonly name: string;
  /** JSON text, or what a driver has made of a JSON column. */
  readonly value: unknown;
}

/**
 * The device in entries named `creds` and `<type>-<id>`. `parseName` reads the names; what it does not know is listed as unknown.
 * Throws `MigrateError` that names the entry.
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

/** The data of a JSON text. Evolution API keeps JSON within a JSON string: such a text is read a second time. */
export function jsonOf(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const data: unknown = JSON.parse(value);
    return typeof data === 'string' && /^\s*[[{]/.test(data) ? JSON.parse(data) : data;
  } catch {
    throw new MigrateError(name, `${name} is not JSON. The file may have been truncated while it was written: use the last complete copy.`);
  }
}
