import { WabusError } from '@wabus/contracts';
import type { EventHistory, HistoryPlace } from './event-history.js';

/** Where a part of the past begins and ends, as somebody asks for it: cursors or ISO times. */
export interface HistoryBounds {
  readonly since: string | null;
  readonly until: string | null;
}

/** What part of the past a query means. */
export interface HistoryPart {
  readonly from: HistoryPlace;
  /** `null` for the end of the log. */
  readonly to: HistoryPlace | null;
}

/** A query begins at `since`, or at the oldest event there is, and ends at `until`, or with what is stored. Throws `INVALID_REQUEST` with the field. */
export async function partOf(history: EventHistory, { since, until }: HistoryBounds): Promise<HistoryPart> {
  const from = since === null ? await begin(history) : await history.locate(since);
  return { from, to: until === null ? null : await placeOf(history, until, 'until') };
}

/** A place that another parameter than `since` names. */
export async function placeOf(history: EventHistory, text: string, field: string): Promise<HistoryPlace> {
  try {
    return await history.locate(text);
  } catch (thrown) {
    if (!(thrown instanceof WabusError) || thrown.code !== 'INVALID_REQUEST') throw thrown;
    const message = `${field} does not name a place in the event log: it is a cursor, or an ISO time that has passed.`;
    throw new WabusError('INVALID_REQUEST', { message, details: { ...thrown.details, field }, cause: thrown });
  }
}

/** The oldest event there is, without saying that older ones are gone: nobody asked for them. */
async function begin(history: EventHistory): Promise<HistoryPlace> {
  const { sequence, cursor } = await history.locate(new Date(0).toISOString());
  return { sequence, cursor };
}
