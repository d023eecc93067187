import type { PortableRecord, RecordType } from './portable-device.types.js';
import { neutralRecord } from './record.policy.js';

/**
 * The records of a device while they are read. If the correction of a jid results in two records with the same id, the record whose jid was correct remains, because it was the one in use.
 */
export class DeviceRecords {
  private readonly records = new Map<string, PortableRecord>();
  private readonly given = new Set<string>();

  /**
   * Adds a record of any gateway. Returns `false` if there already was one with this type and id.
   * @throws {MigrateError} if the value is invalid
   */
  add(type: RecordType, id: string, value: unknown): boolean {
    const name = `${type}\n${id}`;
    if (this.given.has(name)) return false;
    this.given.add(name);
    const record = neutralRecord(type, id, value);
    const kept = `${type}\n${record.id}`;
    if (kept === name || !this.records.has(kept)) this.records.set(kept, record);
    return true;
  }

  all(): PortableRecord[] {
    return [...this.records.values()];
  }
}
