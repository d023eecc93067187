import type { CommandBus, IncomingCommand } from '@wabus/broker';
import { WabusError, encodeOutcome, type CommandOutcome } from '@wabus/contracts';
import type { Logger } from 'pino';
import { LeaseLostError } from '../ownership/session-lease.js';
import type { ServedCommands } from '../session/session-commands.js';
import { SessionTransfers, type TransferTarget } from '../session/session-transfers.js';
import type { DeviceClaims } from './device.claims.js';
import { TransferPlaces } from './incoming.transfer.js';
import { OpenTransfers, type TransferSettings } from './open.transfers.js';

export interface TransferDeskParts {
  readonly bus: CommandBus;
  readonly claims: DeviceClaims;
  readonly settings: TransferSettings;
  readonly logger: Logger;
}

/**
 * Takes linked devices over from other gateways and hands them out, step by step as an edge asks for it. What travels is sealed for one process; no step is kept, repeated
 * by key or logged with its content.
 */
export class TransferDesk extends SessionTransfers {
  private readonly places: TransferPlaces;

  constructor(private readonly parts: TransferDeskParts) {
    super();
    this.places = new TransferPlaces(parts.settings.maxImports);
  }

  async serve(target: TransferTarget): Promise<ServedCommands> {
    const { bus, claims, settings, logger } = this.parts;
    const transfers = new OpenTransfers({ target, claims, settings, places: this.places, logger });
    const { session, epoch } = target.lease;
    const binding = await bus.serve(session, epoch, async command => encodeOutcome(await this.answer(transfers, command)));
    let stopped: Promise<void> | null = null;
    const stop = async (): Promise<void> => {
      await transfers.drop();
      await binding.unbind();
    };
    return { stop: () => (stopped ??= stop()) };
  }

  private async answer(transfers: OpenTransfers, { method, body, session }: IncomingCommand): Promise<CommandOutcome> {
    try {
      return { ok: true, data: await transfers.run(method, requestOf(body)) };
    } catch (thrown) {
      const error = thrown instanceof LeaseLostError ? new WabusError('NO_OWNER') : WabusError.from(thrown);
      if (error.code === 'INTERNAL') this.parts.logger.error({ err: thrown, session, step: method }, 'a transfer of credentials failed');
      return { ok: false, error: error.toBody() };
    }
  }
}

function requestOf(body: string): unknown {
  try {
    return (JSON.parse(body) as unknown) ?? {};
  } catch (cause) {
    throw new WabusError('INVALID_REQUEST', { cause });
  }
}
