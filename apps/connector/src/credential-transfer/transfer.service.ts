import { Injectable } from '@nestjs/common';
import { TransferServer, type CommandContext } from '@wabus/broker';
import { WabusError, type TransferStep } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { LeaseLostError } from '../ownership/session-lease.js';
import type { ServedCommands } from '../session/session-commands.js';
import { SessionTransfers, type TransferTarget } from '../session/session-transfers.js';
import { DeviceClaims } from './device-claims.js';
import { DeviceTransferSettings, TransferPlaces } from './incoming-transfer.js';
import { OpenTransfers } from './open-transfers.js';

/** A step may clear and write thousands of keys on a busy machine. */
const STEP_LIMIT_MS = 30_000;
const STEPS: { readonly [S in TransferStep]: number } = {
  'import-begin': STEP_LIMIT_MS,
  'import-part': STEP_LIMIT_MS,
  'import-check': STEP_LIMIT_MS,
  'import-write': STEP_LIMIT_MS,
  'import-drop': STEP_LIMIT_MS,
  'export-begin': STEP_LIMIT_MS,
  'export-part': STEP_LIMIT_MS,
  device: STEP_LIMIT_MS
};

/**
 * Imports linked devices from other gateways and exports them, step by step at the request of an edge.
 * The content is sealed for one process; no step is stored, repeated by key or logged with its content.
 */
@Injectable()
export class TransferService extends SessionTransfers {
  private readonly places: TransferPlaces;
  private readonly logger: Logger;

  constructor(
    private readonly server: TransferServer<OpenTransfers>,
    private readonly claims: DeviceClaims,
    private readonly settings: DeviceTransferSettings,
    log: Log
  ) {
    super();
    this.logger = log.for('credential-transfer');
    this.places = new TransferPlaces(settings.maxImports);
    for (const [step, deadlineMs] of Object.entries(STEPS)) server.addHandler(step, runStep, false, { deadlineMs });
  }

  async serve(target: TransferTarget): Promise<ServedCommands> {
    const { claims, settings, places, logger } = this;
    const transfers = new OpenTransfers({ target, claims, settings, places, logger });
    const { session, epoch } = target.lease;
    const binding = await this.server.bind(session, epoch, transfers);
    let stopped: Promise<void> | null = null;
    const stop = async (): Promise<void> => {
      await transfers.drop();
      await binding.unbind();
    };
    return { stop: () => (stopped ??= stop()) };
  }
}

async function runStep(body: string, { owner, method }: CommandContext<OpenTransfers>): Promise<unknown> {
  try {
    return await owner.run(method, requestOf(body));
  } catch (thrown) {
    throw thrown instanceof LeaseLostError ? new WabusError('NO_OWNER', { cause: thrown }) : thrown;
  }
}

function requestOf(body: string): unknown {
  try {
    return (JSON.parse(body) as unknown) ?? {};
  } catch (cause) {
    throw new WabusError('INVALID_REQUEST', { cause });
  }
}
