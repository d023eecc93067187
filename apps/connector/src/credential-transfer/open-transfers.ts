import { randomBytes } from 'node:crypto';
import { TransferSealer, WabusError, type SessionId, type TransferStep, type TransferSteps } from '@wabus/contracts';
import type { Logger } from 'pino';
import type { TransferTarget } from '../session/session-transfers.js';
import { deviceAccount, type DeviceClaims } from './device-claims.js';
import { IncomingTransfer, type DeviceTransferSettings, type TransferPlaces } from './incoming-transfer.js';
import { OutgoingTransfer } from './outgoing-transfer.js';

/** An edge requests the next records immediately after each answer: if it is silent for this long, it is gone. */
const WRITING_IDLE_MS = 10_000;

type Steps = { readonly [S in TransferStep]: (request: TransferSteps[S]['request']) => Promise<TransferSteps[S]['reply']> };

interface OpenTransfersParts {
  readonly target: TransferTarget;
  readonly claims: DeviceClaims;
  readonly settings: DeviceTransferSettings;
  readonly places: TransferPlaces;
  readonly logger: Logger;
}

/** The transfers of one session: at most one in each direction, discarded if it is not continued. */
export class OpenTransfers {
  private readonly session: SessionId;
  private incoming: IncomingTransfer | null = null;
  private outgoing: OutgoingTransfer | null = null;
  private idle: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  private readonly steps: Steps = {
    'import-begin': async () => {
      await this.target.requireVacant();
      await this.drop();
      this.parts.places.take(this);
      this.incoming = new IncomingTransfer(newId(), this.parts);
      this.awaitNext();
      this.parts.logger.info({ session: this.session }, 'credentials import started');
      return { transfer: this.incoming.id, publicKey: this.incoming.publicKey };
    },
    'import-part': async ({ transfer, part }) => ({ records: this.import(transfer).take(part) }),
    'import-check': async ({ transfer }) => this.import(transfer).check(),
    'import-write': async ({ transfer }) => {
      const written = await this.import(transfer).write();
      if (written.done) {
        this.forget();
        this.parts.logger.info({ session: this.session, records: written.records }, 'credentials imported');
      }
      return written;
    },
    'import-drop': async ({ transfer }) => {
      if (this.incoming?.id === transfer) await this.drop();
      return null;
    },
    'export-begin': async ({ publicKey }) => {
      if (!this.parts.settings.exportAllowed)
        throw new WabusError('FORBIDDEN', {
          message: 'This installation does not export credentials. To permit exports, set WABUS_CREDENTIALS_EXPORT=true on the connectors.'
        });
      const device = await this.target.give();
      const id = newId();
      this.outgoing = new OutgoingTransfer(id, device, new TransferSealer(String(publicKey), `${this.session}\nexport`));
      this.awaitNext();
      this.parts.logger.warn({ session: this.session, records: device.records.length }, 'credentials exported');
      return { transfer: id };
    },
    'export-part': async ({ transfer }) => {
      if (this.outgoing?.id !== transfer) throw unknownTransfer();
      const part = this.outgoing.next();
      if (part === null) this.outgoing = null;
      return { part };
    },
    device: async () => {
      const credentials = await this.target.linkedCredentials();
      if (credentials === null) return null;
      const { account, device } = deviceAccount(credentials);
      return { id: account.id, device };
    }
  };

  constructor(private readonly parts: OpenTransfersParts) {
    this.session = parts.target.lease.session;
  }

  /** Executes a step after the previous ones. Throws `WabusError`; a failed import is discarded. */
  run(step: string, request: unknown): Promise<unknown> {
    const result = this.turn.then(() => this.execute(step, request));
    this.turn = result.catch(() => undefined);
    return result;
  }

  /** Discards an import in progress, and removes what it has written. Never rejects. */
  async drop(): Promise<void> {
    const { incoming } = this;
    this.forget();
    this.outgoing = null;
    await incoming?.drop().catch((err: unknown) => {
      // Without a lease, the next owner removes what is left.
      this.parts.logger.warn({ err, session: this.session }, 'failed to remove the records of an unfinished import');
    });
  }

  private async execute(step: string, request: unknown): Promise<unknown> {
    if (!Object.hasOwn(this.steps, step)) throw new WabusError('UNKNOWN_COMMAND');
    if (!this.target.lease.isValid()) throw new WabusError('NO_OWNER');
    const name = step as TransferStep;
    // Other requests that wait for their turn must not keep an abandoned transfer open.
    const continues = this.isOpen((request as { transfer?: unknown }).transfer);
    if (continues) clearTimeout(this.idle);
    try {
      return await this.steps[name](request as never);
    } catch (error) {
      if (name.startsWith('import-') && name !== 'import-begin' && this.incoming?.id === (request as { transfer?: string }).transfer)
        await this.drop();
      throw error;
    } finally {
      if (continues) this.awaitNext();
    }
  }

  private isOpen(transfer: unknown): boolean {
    return transfer !== undefined && (this.incoming?.id === transfer || this.outgoing?.id === transfer);
  }

  private awaitNext(): void {
    clearTimeout(this.idle);
    if (this.incoming || this.outgoing) this.idle = setTimeout(() => void this.drop(), this.idleMs).unref();
  }

  private import(transfer: string): IncomingTransfer {
    if (this.incoming?.id !== transfer) throw unknownTransfer();
    return this.incoming;
  }

  private get idleMs(): number {
    const { idleMs } = this.parts.settings;
    return this.incoming?.isWriting ? Math.min(idleMs, WRITING_IDLE_MS) : idleMs;
  }

  private forget(): void {
    clearTimeout(this.idle);
    this.incoming = null;
    this.parts.places.giveBack(this);
  }

  private get target(): TransferTarget {
    return this.parts.target;
  }
}

const newId = (): string => randomBytes(18).toString('base64url');

function unknownTransfer(): WabusError {
  return new WabusError('NO_OWNER', {
    message:
      'There is no such transfer on this connector: it was started on another connector, or it took too long. Start the transfer again.'
  });
}
