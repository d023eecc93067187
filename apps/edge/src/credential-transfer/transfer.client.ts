import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { TransferProxy, type OutgoingCommand } from '@wabus/broker';
import { WabusError, type SessionId, type TransferStep, type TransferSteps } from '@wabus/contracts';
import { firstValueFrom } from 'rxjs';

/** How credentials pass through an edge. */
export abstract class TransferSettings {
  /** The largest stream that is imported. */
  abstract readonly maxBytes: number;
}

/** A step may clear and write thousands of keys on a busy machine. */
const STEP_LIMIT_MS = 30_000;
const OWNER_LIMIT_MS = 20_000;
const OWNER_RETRY_MS = 200;
const NOT_READY: ReadonlySet<string> = new Set(['NO_OWNER', 'NOT_CONNECTED']);

/** Asks the owner of a session for the steps of a transfer. What is asked and answered is sealed where it is secret: this process sees keys only as they pass over HTTP. */
@Injectable()
export class TransferClient {
  constructor(private readonly owners: TransferProxy) {}

  /** The reply of a step. Throws `NO_OWNER`, `TIMEOUT`, `BROKER_UNAVAILABLE`, and what the owner answers. */
  async ask<S extends TransferStep>(session: SessionId, step: S, request: TransferSteps[S]['request']): Promise<TransferSteps[S]['reply']> {
    const command: OutgoingCommand = { session, body: JSON.stringify(request), deadlineMs: STEP_LIMIT_MS };
    return firstValueFrom(this.owners.send<TransferSteps[S]['reply']>(step, command));
  }

  /**
   * The same, waiting for an owner that is ready: a session that was just created has none yet, and one whose import broke off gives that up after a while.
   * Throws `NO_OWNER` and `NOT_CONNECTED` when none comes.
   */
  async askOwner<S extends TransferStep>(
    session: SessionId,
    step: S,
    request: TransferSteps[S]['request']
  ): Promise<TransferSteps[S]['reply']> {
    const giveUpAt = performance.now() + OWNER_LIMIT_MS;
    for (;;) {
      try {
        return await this.ask(session, step, request);
      } catch (error) {
        if (!(error instanceof WabusError && NOT_READY.has(error.code)) || performance.now() > giveUpAt) throw error;
        await delay(OWNER_RETRY_MS);
      }
    }
  }
}
