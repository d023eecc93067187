import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { EventPage } from '@wabus/contracts';
import type { AnyEvent } from '@wabus/sdk';
import { errorFrom } from '../edge/edge-error.js';
import { path, type EdgeClient } from '../edge/edge.client.js';
import { useEdge } from '../login/signed-in.context.js';

const PAGE = 1_000;

/** The parts of a link that identify an event. */
export interface EventPlace {
  readonly session: string;
  readonly cursor: string;
  /** The approximate time of the event (ISO), at which the search starts. */
  readonly at: string | null;
  readonly event: string | null;
}

/** Returns the address of the page of an event, which stays valid while the log contains the event. */
export function addressOfEvent({ session, cursor, at, event }: EventPlace): string {
  const query = new URLSearchParams({ ...(at === null ? {} : { at }), ...(event === null ? {} : { event }) });
  return `${path`/events/${session}/${cursor}`}?${query.toString()}`;
}

/** Finds one past event by its cursor; `null` if the log no longer contains it. */
export function useEvent(place: EventPlace): UseQueryResult<AnyEvent | null> {
  const edge = useEdge();
  return useQuery({
    queryKey: ['event', place],
    queryFn: () => findEvent(edge, place),
    staleTime: Infinity
  });
}

/** The clocks of servers differ, and a link may contain only the time at which an event was delivered. */
const LOOK_BACK_MS = [2_000, 600_000, 86_400_000];

async function findEvent(edge: EdgeClient, place: EventPlace): Promise<AnyEvent | null> {
  const at = place.at === null ? NaN : Date.parse(place.at);
  const beginnings = Number.isNaN(at) ? [] : LOOK_BACK_MS.map(ms => new Date(at - ms).toISOString());
  for (const since of [...beginnings, undefined]) {
    const found = await search(edge, place, since).catch((thrown: unknown) => {
      if (NO_EVENT.includes(errorFrom(thrown).code)) return null;
      throw thrown;
    });
    if (found !== null) return found;
  }
  return null;
}

/** Errors of a link to an event that is not in this log: the link was cut off, or belongs to another log. */
const NO_EVENT: readonly string[] = ['INVALID_REQUEST', 'UNKNOWN_EVENT'];

async function search(edge: EdgeClient, { session, cursor, event }: EventPlace, beginning: string | undefined): Promise<AnyEvent | null> {
  for await (const events of pastEvents(edge, {
    sessions: [session],
    events: event === null ? [] : [event],
    since: beginning,
    until: cursor
  })) {
    const found = events.find(one => one.cursor === cursor);
    if (found !== undefined) return found;
  }
  return null;
}

/** A request for past events. */
export interface PastRequest {
  /** Empty for all; the same applies to the next two. */
  readonly sessions: readonly string[];
  readonly events: readonly string[];
  readonly chats?: readonly string[];
  /** A cursor or an ISO time. */
  readonly since: string | undefined;
  readonly until: string;
}

/** Reads past events in pages, oldest first. */
export async function* pastEvents(edge: EdgeClient, request: PastRequest): AsyncGenerator<readonly AnyEvent[]> {
  const { sessions, events, chats = [], until } = request;
  let since = request.since;
  for (;;) {
    const query = new URLSearchParams({ until, limit: String(PAGE) });
    if (since !== undefined) query.set('since', since);
    for (const [name, values] of Object.entries({ sessions, events, chats })) for (const value of values) query.append(name, value);
    const page = await edge.get<EventPage>(`/api/events?${query.toString()}`);
    yield page.events as unknown as AnyEvent[];
    if (!page.more) return;
    since = page.cursor;
  }
}
