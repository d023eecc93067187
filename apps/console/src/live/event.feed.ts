import type { AnyEvent, EventGap, EventPattern, WabusError } from '@wabus/sdk';

/** Which events somebody wants to see as they come. */
export interface FeedRequest {
  readonly events: readonly EventPattern[];
  /** If missing, all that the token permits. */
  readonly sessions?: readonly string[];
  /** Only events about these chats. */
  readonly chats?: readonly string[];
  /** A cursor or an ISO time: what came after it comes first. What comes from now on when missing. */
  readonly since?: string;
}

/** `connecting` for the first time, `live`, `offline` between two connections, `refused` when the edge does not let this token listen. */
export type FeedState = 'connecting' | 'live' | 'offline' | 'refused';

export interface FeedListener {
  /** Several events in the order of the log; none comes twice, and none is missing after a reconnection. */
  readonly onEvents: (events: readonly AnyEvent[]) => void;
  /** The edge has taken the subscription: every event from then on comes. */
  readonly onStart?: () => void;
  /** Events are gone that the log no longer holds. */
  readonly onGap?: (gap: EventGap) => void;
  /** The edge refuses for good. */
  readonly onRefused?: (error: WabusError) => void;
}
