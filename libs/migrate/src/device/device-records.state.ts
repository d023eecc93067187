import type { PortableRecord, RecordType } from './portable-device.types.js';
import { neutralRecord } from './record.policy.js';

/** The records of a device as they are read. Where a mended jid makes two of them one, the record whose jid was right stays: it is the one that was in use. */
export class DeviceRecords {
  private readonly records = new Map<string, PortableRecord>();
  private readonly given = new Set<string>();

  /** Adds a record of any gateway; `false` when one of this type and id was there. Throws `MigrateError`. */
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
