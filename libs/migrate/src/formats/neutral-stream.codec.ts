import { neutralCredentials } from '../device/credentials.policy.js';
import { DeviceRecords } from '../device/device-records.state.js';
import { MigrateError } from '../device/migrate.error.js';
import { isRecordType, type PortableRecord } from '../device/portable-device.types.js';

export const STREAM_FORMAT = 'wabus-auth';
export const STREAM_VERSION = 1;

/** A device as it is posted: the parts that are written, and whether its keys were intentionally left out. */
export interface DeviceStream {
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly records: readonly PortableRecord[];
  readonly credentialsOnly: boolean;
}

/**
 * Yields the lines of the neutral form, each a JSON text: `{"format": "wabus-auth", "version": 1, "credentials": …}`, a line `{"type", "id", "value"}` for each
 * record, and `{"end": true, "records": <number>}`. With `credentialsOnly: true` in the first line, there are no records.
 */
export function* encodeStream({ credentials, records, credentialsOnly }: DeviceStream): Generator<string> {
  const head = { format: STREAM_FORMAT, version: STREAM_VERSION, ...(credentialsOnly ? { credentialsOnly } : {}), credentials };
  yield JSON.stringify(head);
  for (const { type, id, value } of records) yield JSON.stringify({ type, id, value });
  yield JSON.stringify({ end: true, records: records.length });
}

/** Reads the neutral form line by line, with bytes in any known form. `end` returns the device only if the last line was read. */
export class DeviceStreamReader {
  private credentials: Record<string, unknown> | null = null;
  private credentialsOnly = false;
  private readonly records = new DeviceRecords();
  private readonly unknown = new Map<string, number>();
  private count = 0;
  private ended = false;
  private line = 0;

  /**
   * Reads one line without its line break. Empty lines are skipped.
   * @throws {MigrateError} with the number of the line
   */
  take(text: string): void {
    this.line++;
    if (text.trim() === '') return;
    const line = this.parse(text);
    if (this.ended) throw this.wrong('there is data after the end of the stream.');
    if (this.credentials === null) return this.takeHead(line);
    if (line['end'] === true) return this.takeEnd(line);
    this.takeRecord(line);
  }

  /**
   * Returns the device.
   * @throws {MigrateError} if the stream is incomplete
   */
  end(): DeviceStream & { readonly unknown: Readonly<Record<string, number>> } {
    if (this.credentials === null) throw new MigrateError('line 1', 'The stream is empty.');
    if (!this.ended)
      throw new MigrateError(
        `line ${this.line}`,
        'The stream ended before its last line {"end": true, …}: it is incomplete, and nothing was imported.'
      );
    const { credentials, credentialsOnly } = this;
    return { credentials, credentialsOnly, records: this.records.all(), unknown: Object.fromEntries(this.unknown) };
  }

  private parse(text: string): Record<string, unknown> {
    let line: unknown;
    try {
      line = JSON.parse(text);
    } catch {
      throw this.wrong('this is not JSON.');
    }
    if (typeof line !== 'object' || line === null || Array.isArray(line)) throw this.wrong('this is not a JSON object.');
    return line as Record<string, unknown>;
  }

  private takeHead({ format, version, credentials, credentialsOnly = false }: Record<string, unknown>): void {
    if (format !== STREAM_FORMAT) throw this.wrong(`the first line must be {"format": "${STREAM_FORMAT}", …}.`);
    if (version !== STREAM_VERSION) throw this.wrong(`"version" must be ${STREAM_VERSION}.`);
    if (typeof credentialsOnly !== 'boolean') throw this.wrong('"credentialsOnly" must be true or false.');
    this.credentials = neutralCredentials(credentials);
    this.credentialsOnly = credentialsOnly;
  }

  private takeRecord({ type, id, value }: Record<string, unknown>): void {
    if (typeof type !== 'string' || typeof id !== 'string' || value === undefined || value === null)
      throw this.wrong('a record must have "type", "id" and "value".');
    this.count++;
    if (!isRecordType(type)) return void this.unknown.set(type.slice(0, 64), (this.unknown.get(type.slice(0, 64)) ?? 0) + 1);
    if (!this.records.add(type, id, value)) throw this.wrong(`two records of the type ${type} have this id.`);
  }

  private takeEnd({ records }: Record<string, unknown>): void {
    if (records !== this.count) throw this.wrong(`the last line announces ${String(records)} records, but there were ${this.count}.`);
    this.ended = true;
  }

  private wrong(problem: string): MigrateError {
    return new MigrateError(`line ${this.line}`, `Line ${this.line}: ${problem}`);
  }
}
