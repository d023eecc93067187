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
  /** The id of its message if this is the first attempt; `null` if it sends none. */
  readonly messageId: string | null;
}

/** Runs a command with the id that its message must have. Resolves with the data of its reply, or rejects. */
export type Attempt = (messageId: string | null) => Promise<unknown>;

interface UnderWay {
  readonly request: string;
  readonly reply: Promise<unknown>;
}

/**
 * Runs commands with an idempotency key in one session under one lease.
 * The start of a command is on disk before it is executed, and its outcome before it is answered.
 * A repeated command, at this owner or the next, therefore gets the same answer, or runs again under the same message id if it may have been executed.
 */
export class KeyedCommandRunner {
  private readonly underWay = new Map<string, UnderWay>();

  constructor(
    private readonly store: IdempotencyStore,
    private readonly logger: Logger
  ) {}

  /**
   * Returns the data of the reply: from this attempt, from the one in progress, or from an earlier one.
   * @throws {WabusError} the error of that attempt, `IDEMPOTENCY_KEY_REUSED`, `OUTCOME_UNKNOWN`, `BROKER_UNAVAILABLE`, and `NO_OWNER` if the lease is lost
   */
  async runOnce(command: KeyedCommand, attempt: Attempt): Promise<unknown> {
    const request = hashRequest(command.request);
    const id = `${command.method} ${command.key}`;
    const same = this.underWay.get(id);
    if (same && same.request !== request) throw new WabusError('IDEMPOTENCY_KEY_REUSED');
    if (same) return same.reply;
    const reply = this.begin(command, request, attempt).finally(() => this.underWay.delete(id));
    this.underWay.set(id, { request, reply });
    return reply;
  }

  private async begin(command: KeyedCommand, request: string, attempt: Attempt): Promise<unknown> {
    const arrival = await this.arrive(command, request);
    if ('outcome' in arrival) return replyOf(arrival.outcome);
    const { record, first } = arrival;
    let thrown: unknown;
    const outcome: CommandOutcome = await attempt(record.messageId).then(
      data => ({ ok: true, data }),
      (error: unknown) => {
        thrown = error;
        return { ok: false, error: WabusError.from(error).toBody() };
      }
    );
    const ending = onEnding(outcome, first, COMMAND_CATALOG[command.method]);
    try {
      if (ending.keep === 'outcome') await this.store.keep(command, { ...record, outcome: ending.outcome });
      else if (ending.keep === 'not-done') await this.store.keep(command, { ...record, begun: false });
    } catch (err) {
      // The command was executed. A repeated command finds that it began, which is also true.
      this.logger.warn({ err, method: command.method }, 'failed to store the outcome of a command with an idempotency key');
    }
    // The original error includes the cause, which the log needs.
    if (!outcome.ok && ending.outcome === outcome) throw thrown;
    return replyOf(ending.outcome);
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
        case 'run-again':
          return { record: arrival.record, first: false };
        case 'begin': {
          const record = { request, messageId: arrival.messageId ?? command.messageId, begun: true, outcome: null };
          await this.keepFirst(command, record);
          return { record, first: true };
        }
      }
    } catch (error) {
      if (error instanceof LeaseLostError) throw new WabusError('NO_OWNER', { cause: error });
      throw error;
    }
  }

  /** There was no earlier attempt: if this write fails, nothing was done. */
  private async keepFirst(command: KeyedCommand, record: KeyedRecord): Promise<void> {
    try {
      await this.store.keep(command, record);
    } catch (error) {
      throw error instanceof LeaseLostError ? error : WabusError.beforeEffect(error);
    }
  }
}

function replyOf(outcome: CommandOutcome): unknown {
  if (outcome.ok) return outcome.data;
  throw WabusError.fromBody(outcome.error);
}
