import { ERROR_CODES, WabusError, type CommandOutcome, type CommandRow } from '@wabus/contracts';

/** What is kept of a command with an idempotency key. */
export interface KeyedRecord {
  /** Hash of the request: the key belongs to this request only. */
  readonly request: string;
  /** The id that its message has in every attempt; `null` when the command sends none. */
  readonly messageId: string | null;
  /** Whether an attempt may have done it: so from before the first one on, and no more when that surely did nothing. */
  readonly begun: boolean;
  /** What every repetition is answered with; `null` as long as it is not known. */
  readonly outcome: CommandOutcome | null;
}

/** What to do with a command, by what is kept of its key. */
export type Arrival =
  /** For the first time, or after attempts that surely did nothing; `messageId` is that of those. */
  | { readonly next: 'begin'; readonly messageId: string | null }
  | { readonly next: 'answer'; readonly outcome: CommandOutcome }
  /** An earlier attempt may have done it or not. */
  | { readonly next: 'run-again'; readonly record: KeyedRecord };

/** What to keep after an attempt: its outcome, that nothing was done, or what was kept before it. */
export interface Ending {
  readonly keep: 'outcome' | 'not-done' | 'attempt';
  readonly outcome: CommandOutcome;
}

/** `record` is what is kept of the key, `null` when nothing is. The command must not be in progress in this process: then its outcome is waited for. */
export function onArrival(record: KeyedRecord | null, request: string, row: Pick<CommandRow, 'repeatable' | 'takesMessageId'>): Arrival {
  if (record === null) return { next: 'begin', messageId: null };
  if (record.request !== request) return { next: 'answer', outcome: failure('IDEMPOTENCY_KEY_REUSED') };
  if (record.outcome !== null) return { next: 'answer', outcome: record.outcome };
  if (!record.begun) return { next: 'begin', messageId: record.messageId };
  if (row.repeatable || row.takesMessageId) return { next: 'run-again', record };
  return { next: 'answer', outcome: failure('OUTCOME_UNKNOWN') };
}

/**
 * What an attempt leaves. Success is final, and so is a certain failure that will not go away, unless an earlier attempt may have succeeded.
 * After a certain failure that may go away the next attempt starts over, after an uncertain one it repeats; its message has the same id either way.
 */
export function onEnding(outcome: CommandOutcome, first: boolean, { secretReply }: Pick<CommandRow, 'secretReply'> = {}): Ending {
  // What is worth something to others is requested again rather than kept.
  if (outcome.ok) return { keep: secretReply ? 'attempt' : 'outcome', outcome };
  const { code, certain } = outcome.error;
  const { retryable } = ERROR_CODES[code];
  if (!certain) return { keep: 'attempt', outcome };
  // A fault of ours is not the last word about the request.
  if (first) return { keep: retryable || code === 'INTERNAL' ? 'not-done' : 'outcome', outcome };
  // Of this attempt it is certain that it did nothing, of the former it is not.
  if (!retryable) return { keep: 'attempt', outcome: failure('OUTCOME_UNKNOWN', { code }) };
  return { keep: 'attempt', outcome: { ok: false, error: { ...outcome.error, certain: false } } };
}

function failure(code: 'IDEMPOTENCY_KEY_REUSED' | 'OUTCOME_UNKNOWN', details?: Record<string, unknown>): CommandOutcome {
  return { ok: false, error: new WabusError(code, { details }).toBody() };
}
