import { COMMAND_CATALOG, WabusError, type CommandOutcome, type CommandName } from '@wabus/contracts';
import type { Logger } from 'pino';
import { LeaseLostError } from '../ownership/session-lease.js';
import { onArrival, onEnding, type Arrival, type KeyedRecord } from './idempotency.policy.js';
import type { IdempotencyStore } from './idempotency.store.js';
import { hashRequest } from './request-hash.codec.js';

/** A validated command that its caller may repeat. */
export interface KeyedCommand {
  readonly method: CommandName;
  readonly key: string;
  readonly request: object;
  /** The id that its message gets when this is the first attempt; `null` when it sends none. */
  readonly messageId: string | null;
}

/** Carries a command out, with the id that its message must have. Errors are outcomes. */
export type Attempt = (messageId: string | null) => Promise<CommandOutcome>;

interface UnderWay {
  readonly request: string;
  readonly outcome: Promise<CommandOutcome>;
}

/**
 * Commands with an idempotency key, in one session under one lease. That one begins is on disk before anything is done; its outcome is on disk before it is
 * answered. So a repetition, at this owner or the next, is answered alike, or repeats under the same message id what may have been done.
 */
export class KeyedCommandRunner {
  private readonly underWay = new Map<string, UnderWay>();

  constructor(
    private readonly store: IdempotencyStore,
    private readonly logger: Logger
  ) {}

  /** The outcome of the command, whether carried out now, under way, or known from before. Rejects with `BROKER_UNAVAILABLE`, and with `NO_OWNER` when the lease is lost. */
  run(command: KeyedCommand, attempt: Attempt): Promise<CommandOutcome> {
    const request = hashRequest(command.request);
    const id = `${command.method} ${command.key}`;
    const same = this.underWay.get(id);
    if (same) return same.request === request ? same.outcome : Promise.resolve(keyReused());
    const outcome = this.carryOut(command, request, attempt).finally(() => this.underWay.delete(id));
    this.underWay.set(id, { request, outcome });
    return outcome;
  }

  private async carryOut(command: KeyedCommand, request: string, attempt: Attempt): Promise<CommandOutcome> {
    const arrival = await this.arrive(command, request);
    if ('outcome' in arrival) return arrival.outcome;
    const { record, first } = arrival;
    const ending = onEnding(await attempt(record.messageId), first, COMMAND_CATALOG[command.method]);
    try {
      if (ending.keep === 'outcome') await this.store.keep(command, { ...record, outcome: ending.outcome });
      else if (ending.keep === 'not-done') await this.store.keep(command, { ...record, begun: false });
    } catch (err) {
      // What was done is done. A repetition finds that it began, which is true too.
      this.logger.warn({ err, method: command.method }, 'the outcome of a command with an idempotency key could not be stored');
    }
    return ending.outcome;
  }

  private async arrive(
    command: KeyedCommand,
    request: string
  ): Promise<{ outcome: CommandOutcome } | { record: KeyedRecord; first: boolean }> {
    try {
      const arrival: Arrival = onArrival(await this.store.find(command), request, COMMAND_CATALOG[command.method]);
      switch (arrival.next) {
        case 'answer':
          return { outcome: arrival.outcome };
        case 'carry-out-again':
          return { record: arrival.record, first: false };
        case 'begin': {
          const record = { request, messageId: arrival.messageId ?? command.messageId, begun: true, outcome: null };
          await this.store.keep(command, record);
          return { record, first: true };
        }
      }
    } catch (error) {
      if (error instanceof LeaseLostError) throw new WabusError('NO_OWNER', { cause: error });
      throw error;
    }
  }
}

function keyReused(): CommandOutcome {
  return { ok: false, error: new WabusError('IDEMPOTENCY_KEY_REUSED').toBody() };
}
