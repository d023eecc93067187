import { Injectable } from '@nestjs/common';
import type { LogPlace, LogPosition } from '@wabus/broker';
import { WabusError, encodeEnvelope, type EventPage } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { visibleTo, type EventSelection } from './event-selection.policy.js';
import { EventReader } from './event.reader.js';
import { EventsIn } from './events-in.js';

/** The requested bounds of a period: cursors or ISO times. */
export interface HistoryBounds {
  readonly since: string | null;
  readonly until: string | null;
}

/** A period, located in the log. */
export interface HistoryPart {
  readonly from: LogPlace;
  /** `null` for the end of the log. */
  readonly to: LogPlace | null;
}

/**
 * Locates a period. It starts at `since` or at the oldest event, and ends at `until` or at the current end of the log. Throws
 * `INVALID_REQUEST` with the field.
 */
export async function partOf(source: EventsIn, { since, until }: HistoryBounds): Promise<HistoryPart> {
  const from = since === null ? await begin(source) : await source.locate(since);
  return { from, to: until === null ? null : await placeOf(source, until, 'until') };
}

/** Locates a place given in a parameter other than `since`. */
export async function placeOf(source: EventsIn, text: string, field: string): Promise<LogPlace> {
  try {
    return await source.locate(text);
  } catch (thrown) {
    if (!(thrown instanceof WabusError) || thrown.code !== 'INVALID_REQUEST') throw thrown;
    const message = `${field} must be a cursor or an ISO time in the past.`;
    throw new WabusError('INVALID_REQUEST', { message, details: { ...thrown.details, field }, cause: thrown });
  }
}

/** Returns the place of the oldest event. Does not report older events as truncated, because they were not requested. */
async function begin(source: EventsIn): Promise<LogPlace> {
  const { sequence, cursor } = await source.locate(new Date(0).toISOString());
  return { sequence, cursor };
}

/** The most parts of the log that are read for one page. If matching events are rare, a page may be empty and have `more`. */
const MAX_PAGE_PARTS = 40;

export interface PageTerms extends HistoryBounds {
  readonly selection: EventSelection;
  /** The most events on one page. */
  readonly limit: number;
  /** The size limit of a page, apart from its last event. */
  readonly maxBytes: number;
}

/** An `EventPage` whose events are still envelopes as JSON text. */
export interface EncodedPage extends Omit<EventPage, 'events'> {
  readonly envelopes: readonly string[];
}

/** Reads past events page by page, for request-response APIs. Payloads remain the JSON text that is stored. */
@Injectable()
export class EventPager {
  constructor(
    private readonly source: EventsIn,
    private readonly reader: EventReader
  ) {}

  /**
   * Returns the next page, oldest event first, with each event as visible to the principal. Throws `INVALID_REQUEST` for an invalid place,
   * and the errors of `EventReader.past`.
   */
  async page({ selection, limit, maxBytes, ...bounds }: PageTerms, principal: Principal): Promise<EncodedPage> {
    const { from, to } = await partOf(this.source, bounds);
    const envelopes: string[] = [];
    let position: LogPosition = from;
    let [bytes, parts, isFull] = [0, 0, false];
    for await (const { events, upTo } of this.reader.past(selection, from, to)) {
      for (const event of events) {
        isFull = envelopes.length >= limit || bytes >= maxBytes;
        if (isFull) break;
        const text = encodeEnvelope(visibleTo(principal, event));
        envelopes.push(text);
        bytes += text.length;
        position = event;
      }
      if (isFull) break;
      position = upTo;
      isFull = ++parts >= MAX_PAGE_PARTS;
      if (isFull) break;
    }
    return { envelopes, cursor: position.cursor, more: isFull, ...(from.truncated === undefined ? {} : { truncated: from.truncated }) };
  }
}
