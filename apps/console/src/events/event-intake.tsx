import type { ReactNode } from 'react';
import type { AnyEvent, EventGap, WabusError } from '@wabus/sdk';
import { useFeed } from '../live/use-feed.js';
import type { EventChoice } from './event-choice.policy.js';
import { chosenPatterns } from './event-filter.policy.js';
import { usePast } from './past.reader.js';

interface EventIntakeProps {
  readonly choice: EventChoice;
  readonly onEvents: (events: readonly AnyEvent[]) => void;
  /** The subscription has started. */
  readonly onStart: () => void;
  readonly onGap: (gap: EventGap) => void;
  readonly onRefused: (error: WabusError) => void;
  /** All events of the chosen period have been read. */
  readonly onEnd: () => void;
}

/** Receives the chosen events: live, or from the past up to a given time. Renders nothing. */
export function EventIntake({ choice, onEvents, onStart, onGap, onRefused, onEnd }: EventIntakeProps): ReactNode {
  const { events, sessions, chats, since, until } = choice;
  const live = {
    events: chosenPatterns(events),
    ...(sessions.length > 0 ? { sessions } : {}),
    ...(chats.length > 0 ? { chats } : {}),
    ...(since === null ? {} : { since })
  };
  useFeed(until === null ? live : null, { onEvents, onStart, onGap, onRefused });
  usePast(until === null ? null : { events, sessions, chats, since: since ?? undefined, until }, { onEvents, onEnd, onRefused });
  return null;
}
