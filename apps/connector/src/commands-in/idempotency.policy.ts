import { ERROR_CODES, WabusError, type CommandOutcome, type CommandRow } from '@wabus/contracts';

/** The stored record of a command with an idempotency key. */
export interface KeyedRecord {
  /** Hash of the request: the key belongs only to this request. */
  readonly request: string;
  /** The id of its message in every attempt; `null` if the command sends none. */
  readonly messageId: string | null;
  /** Whether an attempt may have executed it: set before the first attempt, and cleared if that attempt certainly did nothing. */
  readonly begun: boolean;
  /** The outcome for every repetition; `null` until it is known. */
  readonly outcome: CommandOutcome | null;
}

/** How to proceed with a command, given the record of its key. */
export type Arrival =
  /** The first attempt, or one after attempts that certainly did nothing; `messageId` is that of those attempts. */
  | { readonly next: 'begin'; readonly messageId: string | null }
  | { readonly next: 'answer'; readonly outcome: CommandOutcome }
  /** An earlier attempt may or may not have executed it. */
  | { readonly next: 'run-again'; readonly record: KeyedRecord };

/** What to store after an attempt: its outcome, that nothing was done, or the record from before it. */
export interface Ending {
  readonly keep: 'outcome' | 'not-done' | 'attempt';
  readonly outcome: CommandOutcome;
}

/**
 * `record` is the stored record of the key; `null` if there is none. The command must not be in progress in this process: its outcome is then awaited instead.
 */
export function onArrival(record: KeyedRecord | null, request: string, row: Pick<CommandRow, 'repeatable' | 'takesMessageId'>): Arrival {
  if (record === null) return { next: 'begin', messageId: null };
  if (record.request !== request) return { next: 'answer', outcome: failure('IDEMPOTENCY_KEY_REUSED') };
  if (record.outcome !== null) return { next: 'answer', outcome: record.outcome };
  if (!record.begun) return { next: 'begin', messageId: record.messageId };
  if (row.repeatable || row.takesMessageId) return { next: 'run-again', record };
  return { next: 'answer', outcome: failure('OUTCOME_UNKNOWN') };
}

/**
 * Decides what an attempt leaves. Success is final, and so is a certain, permanent failure, unless an earlier attempt may have succeeded.
 * After a certain, temporary failure the next attempt starts over, after an uncertain one it repeats the command; its message has the same id in both cases.
 */
export function onEnding(outcome: CommandOutcome, first: boolean, { secretReply }: Pick<CommandRow, 'secretReply'> = {}): Ending {
  // A secret reply is requested again rather than stored.
  if (outcome.ok) return { keep: secretReply ? 'attempt' : 'outcome', outcome };
  const { code, certain } = outcome.error;
  const { retryable } = ERROR_CODES[code];
  if (!certain) return { keep: 'attempt', outcome };
  // An internal error is not a final verdict about the request.
  if (first) return { keep: retryable || code === 'INTERNAL' ? 'not-done' : 'outcome', outcome };
  // This attempt certainly did nothing, but the earlier one may have.
  if (!retryable) return { keep: 'attempt', outcome: failure('OUTCOME_UNKNOWN', { code }) };
  return { keep: 'attempt', outcome: { ok: false, error: { ...outcome.error, certain: false } } };
}

function failure(code: 'IDEMPOTENCY_KEY_REUSED' | 'OUTCOME_UNKNOWN', details?: Record<string, unknown>): CommandOutcome {
  return { ok: false, error: new WabusError(code, { details }).toBody() };
}
