import type { Cursor, PauseReason, SessionId } from '@wabus/contracts';
import type { Creator } from '../../auth/creator.js';

/** A webhook as it is kept, secrets included: never show it, see `viewOf`. */
export interface WebhookRecord {
  readonly id: string;
  /** The session it belongs to and may hear of; `null` for a webhook of the whole installation. */
  readonly session: SessionId | null;
  readonly url: string;
  /** Names and patterns. */
  readonly events: readonly string[];
  /** `null` for all. */
  readonly sessions: readonly SessionId[] | null;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bulk: { readonly maxEvents: number; readonly maxWaitMs: number } | null;
  readonly paused: PauseReason | null;
  readonly description: string | null;
  /** Where it began; the generation grows each time it is told to begin elsewhere. */
  readonly start: { readonly cursor: Cursor; readonly generation: number };
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Missing in records of older releases. */
  readonly creator?: Creator;
  /** Who directed events elsewhere last; missing while that is its creator. */
  readonly editor?: Creator;
}

/** A record with the revision of its key. */
export interface StoredWebhook {
  readonly record: WebhookRecord;
  readonly revision: number;
}
