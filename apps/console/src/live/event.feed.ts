import type { AnyEvent, EventGap, EventPattern, WabusError } from '@wabus/sdk';

/** The live events that a page requests. */
export interface FeedRequest {
  readonly events: readonly EventPattern[];
  /** If missing, all sessions that the token permits. */
  readonly sessions?: readonly string[];
  /** Only events about these chats. */
  readonly chats?: readonly string[];
  /** A cursor or an ISO time; the feed starts with the events after it. If missing, the feed starts now. */
  readonly since?: string;
}

/**
 * `connecting` before the first connection, `live`, `offline` between two connections, `refused` if the edge does not permit the subscription.
 */
export type FeedState = 'connecting' | 'live' | 'offline' | 'refused';

export interface FeedListener {
  /** Several events in log order. No event is delivered twice, and none is missing after a reconnection. */
  readonly onEvents: (events: readonly AnyEvent[]) => void;
  /** The edge has accepted the subscription: every later event is delivered. */
  readonly onStart?: () => void;
  /** Events are missing because the log no longer contains them. */
  readonly onGap?: (gap: EventGap) => void;
  /** The edge has refused the subscription permanently. */
  readonly onRefused?: (error: WabusError) => void;
}
