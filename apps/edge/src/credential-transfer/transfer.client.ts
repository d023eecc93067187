import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { TransferProxy, type OutgoingCommand } from '@wabus/broker';
import { WabusError, type SessionId, type TransferStep, type TransferSteps } from '@wabus/contracts';
import { firstValueFrom } from 'rxjs';

/** Limits of credential transfers. */
export abstract class TransferSettings {
  /** The largest stream that may be imported, in bytes. */
  abstract readonly maxBytes: number;
}

/** A step may delete and write thousands of keys on a busy machine. */
const STEP_LIMIT_MS = 30_000;
const OWNER_LIMIT_MS = 20_000;
const OWNER_RETRY_MS = 200;
const NOT_READY: ReadonlySet<string> = new Set(['NO_OWNER', 'NOT_CONNECTED']);

/**
 * Sends the steps of a transfer to the owner of a session. Secret parts of requests and replies are sealed: this process sees keys
 * only while they pass over HTTP.
 */
@Injectable()
export class TransferClient {
  constructor(private readonly owners: TransferProxy) {}

  /** Returns the reply of a step. Throws `NO_OWNER`, `TIMEOUT`, `BROKER_UNAVAILABLE`, and the errors of the owner. */
  async ask<S extends TransferStep>(session: SessionId, step: S, request: TransferSteps[S]['request']): Promise<TransferSteps[S]['reply']> {
    const command: OutgoingCommand = { session, body: JSON.stringify(request), deadlineMs: STEP_LIMIT_MS };
    return firstValueFrom(this.owners.send<TransferSteps[S]['reply']>(step, command));
  }

  /**
   * Like `ask`, but waits for an owner that is ready: a session that was just created has none yet, and one whose import was interrupted
   * becomes ready after some time. Throws `NO_OWNER` and `NOT_CONNECTED` if none becomes ready.
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
