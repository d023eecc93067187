import type { SessionId } from '@wabus/contracts';
import type { Publication } from './publication.js';

/** Headers of an atomic batch (ADR-50 of NATS): the log stores all of its messages or none, in their order, with nothing between them. */
export const BATCH_HEADERS = { id: 'Nats-Batch-Id', sequence: 'Nats-Batch-Sequence', commit: 'Nats-Batch-Commit' } as const;

/** Publications of one session that are under way together. */
export class PublicationBatch {
  failures = 0;
  /** When it was sent first, by the monotonic clock in ms; `null` before. */
  firstSentAt: number | null = null;
  /** The batch ids under which it was sent: a stored message that has one of them proves that all of the batch is stored. */
  readonly attempts = new Set<string>();

  constructor(readonly publications: readonly Publication[]) {}

  get session(): SessionId {
    return this.publications[0]!.session;
  }

  /** Those that somebody still waits for. */
  get open(): Publication[] {
    return this.publications.filter(({ isSettled }) => !isSettled);
  }

  get isSettled(): boolean {
    return this.publications.every(({ isSettled }) => isSettled);
  }
}
