import type { EventEnvelope, EventName } from '@wabus/contracts';
import type { EdgeError } from '../edge/edge-error.js';

/** Which events somebody wants to see as they come. */
export interface FeedRequest {
  /** Names, families such as `messages.*`, or `*`. */
  readonly events: readonly string[];
  /** All that the token permits when missing. */
  readonly sessions?: readonly string[];
  /** A cursor or an ISO time: what came after it comes first. What comes from now on when missing. */
  readonly since?: string;
}

/** `connecting` for the first time, `live`, `offline` between two connections, `refused` when the edge does not let this token listen. */
export type FeedState = 'connecting' | 'live' | 'offline' | 'refused';

export interface FeedListener {
  /** Several events in the order of the log; none comes twice, and none is missing after a reconnection. */
  readonly onEvents: (events: readonly EventEnvelope<EventName>[]) => void;
  readonly onState?: (state: FeedState, error: EdgeError | null) => void;
}

export interface Feed {
  close(): void;
}

/** Opens feeds in the name of a token. The only place that knows what carries them. */
export interface FeedSource {
  open(request: FeedRequest, listener: FeedListener): Feed;
}
