import { StringDecoder } from 'node:string_decoder';
import { TransferOpener, WabusError, type ImportReport, type SealedPart, type SessionId } from '@wabus/contracts';
import { DeviceStreamReader, MigrateError, countRecords } from '@wabus/migrate';
import { failedChecks } from '@wabus/migrate/keys';
import type { IncomingDevice, TransferTarget } from '../session/session-transfers.js';
import { deviceAccount, type ClaimedDevice, type DeviceClaims } from './device-claims.js';

interface IncomingTransferParts {
  readonly target: TransferTarget;
  readonly claims: DeviceClaims;
  readonly settings: Pick<DeviceTransferSettings, 'maxBytes'>;
}

/** A device that is being imported part by part. It is only in the memory of this process until it is written. */
export class IncomingTransfer {
  private readonly opener: TransferOpener;
  private readonly reader = new DeviceStreamReader();
  private readonly decoder = new StringDecoder('utf8');
  private unfinishedLine = '';
  private bytes = 0;
  private lines = 0;
  private device: IncomingDevice | null = null;
  private claimed: ClaimedDevice | null = null;
  private claimIsHeld = false;
  private writing: AsyncGenerator<number, void> | null = null;

  constructor(
    readonly id: string,
    private readonly parts: IncomingTransferParts
  ) {
    this.opener = new TransferOpener(`${this.session}\nimport`);
  }

  get publicKey(): string {
    return this.opener.publicKey;
  }

  /** Whether records are already stored, so that the session waits for the rest. */
  get isWriting(): boolean {
    return this.writing !== null;
  }

  /** Takes the next part and returns the number of lines so far. Throws `INVALID_REQUEST` and `PAYLOAD_TOO_LARGE`. */
  take(part: SealedPart): number {
    const content = this.opener.open(part);
    this.bytes += content.length;
    const { maxBytes } = this.parts.settings;
    if (this.bytes > maxBytes) throw new WabusError('PAYLOAD_TOO_LARGE', { details: { maxBytes } });
    const lines = (this.unfinishedLine + this.decoder.write(content)).split('\n');
    this.unfinishedLine = lines.pop()!;
    for (const line of lines) this.takeLine(line);
    return Math.max(0, this.lines - 1);
  }

  /** Checks the device when the stream is complete. Throws `INVALID_REQUEST` with the reason. */
  check(): ImportReport {
    const stream = migrated(() => {
      this.takeLine(this.unfinishedLine + this.decoder.end());
      return this.reader.end();
    });
    const failed = failedChecks(stream);
    if (failed.length > 0) {
      const message = `The device cannot be taken over: ${failed.map(one => `(${one.check}) ${one.message}`).join(' ')} Nothing was written.`;
      throw new WabusError('INVALID_REQUEST', { message, details: { checks: failed } });
    }
    const { credentials, records, credentialsOnly, unknown } = stream;
    const { account, device } = deviceAccount(credentials);
    this.device = { credentials, records, account };
    this.claimed = { account: account.id, device };
    return {
      session: this.session,
      account,
      device,
      records: countRecords(records),
      unknown,
      credentialsOnly,
      dryRun: false
    };
  }

  /**
   * Writes the next records.
   * Throws `INVALID_REQUEST` if the device was not checked, `ALREADY_PAIRED` if another session is importing it, and the errors of `TransferTarget.adopt`.
   */
  async write(): Promise<{ records: number; done: boolean }> {
    if (this.device === null || this.claimed === null)
      throw new WabusError('INVALID_REQUEST', { message: 'The stream has not been checked yet.' });
    // Renewed with each step: a large device takes longer than a claim.
    await this.parts.claims.claim(this.session, this.claimed);
    this.claimIsHeld = true;
    this.writing ??= this.parts.target.adopt(this.device);
    const { value, done } = await this.writing.next();
    // The device is stored whatever happens to the claim, which expires.
    if (done === true) await this.parts.claims.settle(this.session, this.claimed).catch(() => undefined);
    return { records: value ?? this.device.records.length, done: done === true };
  }

  /** Discards the device, and removes what was written of it. */
  async drop(): Promise<void> {
    this.device = null;
    await this.writing?.return(undefined);
    if (this.claimIsHeld && this.claimed) await this.parts.claims.giveBack(this.session, this.claimed);
  }

  private get session(): SessionId {
    return this.parts.target.lease.session;
  }

  private takeLine(line: string): void {
    if (line.trim() !== '') this.lines++;
    migrated(() => this.reader.take(line));
  }
}

/** Converts an error of the reader into `INVALID_REQUEST`. */
function migrated<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MigrateError || error instanceof RangeError) {
      const field = error instanceof MigrateError ? error.field : 'stream';
      throw new WabusError('INVALID_REQUEST', { message: error.message, details: { field }, cause: error });
    }
    throw error;
  }
}

/** Limits how many imports a process keeps in memory at once. */
export class TransferPlaces {
  private readonly taken = new Set<object>();

  constructor(private readonly most: number) {}

  /** Throws `LIMIT_REACHED` if every place is taken. */
  take(who: object): void {
    if (this.taken.size >= this.most && !this.taken.has(who))
      throw new WabusError('LIMIT_REACHED', { details: { limit: 'concurrent imports of one connector', most: this.most } });
    this.taken.add(who);
  }

  giveBack(who: object): void {
    this.taken.delete(who);
  }
}

/** The settings of credential imports and exports. */
export abstract class DeviceTransferSettings {
  /** Maximum size of an imported stream, in bytes. */
  abstract readonly maxBytes: number;
  /** Maximum number of imports that one process keeps in memory at once. */
  abstract readonly maxImports: number;
  /** A transfer is discarded after this time without a next step, in ms. */
  abstract readonly idleMs: number;
  /** Whether credentials may be exported at all. */
  abstract readonly exportAllowed: boolean;
}
