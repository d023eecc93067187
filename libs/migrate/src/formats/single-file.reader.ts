import { neutralCredentials } from '../device/credentials.policy.js';
import { DeviceRecords } from '../device/device-records.state.js';
import type { PortableDevice, RecordType } from '../device/portable-device.types.js';

/** The names in Baileys' `useSingleFileAuthState`, which existed before version 5. */
const OLD_NAMES: Readonly<Record<string, RecordType>> = {
  preKeys: 'pre-key',
  sessions: 'session',
  senderKeys: 'sender-key',
  senderKeyMemory: 'sender-key-memory',
  appStateSyncKeys: 'app-state-sync-key',
  appStateVersions: 'app-state-sync-version'
};

/** Whether a JSON value has credentials and keys in one object. */
export function isSingleFile(value: unknown): value is { creds: unknown; keys?: Record<string, Record<string, unknown>> } {
  return typeof value === 'object' && value !== null && 'creds' in value;
}

/**
 * Returns the device in `{creds, keys: {<type>: {<id>: value}}}`.
 * @throws {MigrateError} if a value is invalid
 */
export function readSingleFile({ creds, keys = {} }: { creds: unknown; keys?: Record<string, Record<string, unknown>> }): PortableDevice {
  const records = new DeviceRecords();
  const unknown: string[] = [];
  for (const [name, values] of Object.entries(keys)) {
    const type = OLD_NAMES[name];
    if (type === undefined) unknown.push(name);
    else for (const [id, value] of Object.entries(values ?? {})) if (value !== null) records.add(type, id, value);
  }
  return { credentials: neutralCredentials(creds), records: records.all(), unknown, notes: [] };
}
