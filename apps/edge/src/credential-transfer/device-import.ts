import { Injectable } from '@nestjs/common';
import { TransferSealer, WabusError, type ImportProgress, type ImportReport, type SessionId } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { TransferClient, TransferSettings } from './transfer.client.js';

/** Below the NATS limit for a message, even when sealed and encoded as base64. */
const PART_BYTES = 500_000;

/** Yields the same bytes in parts of a fixed size. Throws `PAYLOAD_TOO_LARGE` if there are more than `maxBytes`. */
export async function* inParts(content: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  let total = 0;
  for await (const piece of content) {
    total += piece.length;
    if (total > maxBytes) throw new WabusError('PAYLOAD_TOO_LARGE', { details: { maxBytes, setting: 'WABUS_IMPORT_MAX_BYTES' } });
    pending.push(Buffer.from(piece));
    size += piece.length;
    if (size < PART_BYTES) continue;
    const whole = Buffer.concat(pending);
    let from = 0;
    for (; whole.length - from >= PART_BYTES; from += PART_BYTES) yield whole.subarray(from, from + PART_BYTES);
    pending = [whole.subarray(from)];
    size = whole.length - from;
  }
  if (size > 0) yield Buffer.concat(pending);
}

const EDIT_LIMIT_MS = 10_000;

export interface ImportRequest {
  readonly session: SessionId;
  /** The neutral format, as it arrives. */
  readonly content: AsyncIterable<Uint8Array>;
  readonly dryRun: boolean;
  readonly onProgress: (progress: ImportProgress) => void;
}

/**
 * Imports a linked device from another gateway. It seals the stream for the owner of the session, which validates and stores it.
 * The edge stores no part of it.
 */
@Injectable()
export class DeviceImport {
  private readonly logger: Logger;

  constructor(
    private readonly transfers: TransferClient,
    private readonly registry: SessionRegistryStore,
    private readonly settings: TransferSettings,
    log: Log
  ) {
    this.logger = log.for('credential-transfer');
  }

  /**
   * Imports and starts the session. Creates the session if it does not exist, and removes it again if the import is refused. Throws
   * `INVALID_REQUEST` with the reason, `ALREADY_PAIRED` if this session, or another one with the same device, is linked,
   * `PAYLOAD_TOO_LARGE`, `LIMIT_REACHED`, `NO_OWNER`, `TIMEOUT`.
   */
  async run(request: ImportRequest): Promise<ImportReport> {
    const { session, dryRun } = request;
    const created = !dryRun && (await this.created(session));
    if (!created) await this.registry.requireLiving(session);
    try {
      return await this.execute(request);
    } catch (error) {
      // After a timeout, another import may have started.
      if (created && !WabusError.from(error).toBody().retryable) await this.remove(session);
      throw error;
    }
  }

  private async execute({ session, content, dryRun, onProgress }: ImportRequest): Promise<ImportReport> {
    const { transfer, publicKey } = await this.transfers.askOwner(session, 'import-begin', {});
    try {
      const sealer = new TransferSealer(publicKey, `${session}\nimport`);
      for await (const part of inParts(content, this.settings.maxBytes)) {
        const { records } = await this.transfers.ask(session, 'import-part', { transfer, part: sealer.seal(part) });
        onProgress({ step: 'receiving', records, of: null });
      }
      const report = await this.transfers.ask(session, 'import-check', { transfer });
      const of = Object.values(report.records).reduce((sum, count) => sum + count, 0);
      onProgress({ step: 'checked', records: 0, of });
      await this.requireNowhereElse(session, report);
      if (dryRun) {
        await this.transfers.ask(session, 'import-drop', { transfer });
        return { ...report, dryRun };
      }
      for (let done = false; !done;) {
        const written = await this.transfers.ask(session, 'import-write', { transfer });
        onProgress({ step: 'writing', records: written.records, of });
        done = written.done;
      }
      await this.start(session);
      return report;
    } catch (error) {
      // The owner drops the import itself after some time.
      await this.transfers.ask(session, 'import-drop', { transfer }).catch(() => undefined);
      throw error;
    }
  }

  /** Two sessions with the same device would disconnect each other and lose messages. */
  private async requireNowhereElse(session: SessionId, { account, device }: ImportReport): Promise<void> {
    const same = this.registry.list().filter(one => one.session !== session && one.status.account?.id === account.id);
    for (const { session: other } of same) {
      const linked = await this.transfers.ask(other as SessionId, 'device', {});
      if (linked?.device === device)
        throw new WabusError('ALREADY_PAIRED', {
          message: `This device is already linked in session "${other}". Two sessions cannot share a device: each would disconnect the other.`,
          details: { session: other }
        });
    }
  }

  /** Creates the session. Returns `false` if it already existed. */
  private async created(session: SessionId): Promise<boolean> {
    try {
      // The session does not run during the import, because it would show a QR code.
      await this.registry.create(session, { desired: 'stopped' });
      return true;
    } catch (error) {
      if (error instanceof WabusError && error.code === 'SESSION_EXISTS') return false;
      throw error;
    }
  }

  /** A session that is requested to run connects automatically. */
  private async start(session: SessionId): Promise<void> {
    const { record } = await this.registry.session(session);
    if (record.desired !== 'running') await this.registry.edit(session, 'startSession', performance.now() + EDIT_LIMIT_MS);
  }

  private async remove(session: SessionId): Promise<void> {
    await this.registry
      .edit(session, 'deleteSession', performance.now() + EDIT_LIMIT_MS)
      .catch((err: unknown) => this.logger.warn({ err, session }, 'failed to remove the session that a failed import created'));
  }
}
