import { Injectable } from '@nestjs/common';
import { TransferOpener, type SessionId } from '@wabus/contracts';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { TransferClient } from './transfer.client.js';

/** Exports the credentials and keys of a stopped session, if the connectors permit it. */
@Injectable()
export class DeviceExport {
  constructor(
    private readonly transfers: TransferClient,
    private readonly registry: SessionRegistryStore
  ) {}

  /**
   * Returns the neutral format in pieces. Resolves when the export has started. Throws `UNKNOWN_SESSION`, `FORBIDDEN` if exports are off,
   * `INVALID_REQUEST` if the session is running, `NOT_PAIRED`, `NO_OWNER`.
   */
  async open(session: SessionId): Promise<AsyncGenerator<Buffer>> {
    await this.registry.requireLiving(session);
    const opener = new TransferOpener(`${session}\nexport`);
    const { transfer } = await this.transfers.ask(session, 'export-begin', { publicKey: opener.publicKey });
    return this.read(session, transfer, opener);
  }

  private async *read(session: SessionId, transfer: string, opener: TransferOpener): AsyncGenerator<Buffer> {
    for (;;) {
      const { part } = await this.transfers.ask(session, 'export-part', { transfer });
      if (part === null) return;
      yield opener.open(part);
    }
  }
}
