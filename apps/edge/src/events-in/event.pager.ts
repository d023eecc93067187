import { Injectable } from '@nestjs/common';
import { encodeEnvelope, type EventPage } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { EventHistory } from './event-history.js';
import type { EventSelection } from './event-selection.policy.js';
import { EventReader } from './event.reader.js';
import { heardBy } from './heard-event.policy.js';
import { partOf, type HistoryBounds } from './history-part.js';
import type { Position } from './live-events.js';

/** A page looks at no more parts of the log than this: with rare events it may be empty and say that there is more. */
const MAX_PAGE_PARTS = 40;

export interface PageTerms extends HistoryBounds {
  readonly selection: EventSelection;
  /** Events of one page. */
  readonly limit: number;
  /** A page is no larger than this, apart from its last event. */
  readonly maxBytes: number;
}

/** An `EventPage` whose events are still JSON texts of envelopes. */
export interface EncodedPage extends Omit<EventPage, 'events'> {
  readonly envelopes: readonly string[];
}

/** Reads the past page by page, for doors that answer once. Payloads stay the JSON text they are stored as. */
@Injectable()
export class EventPager {
  constructor(
    private readonly history: EventHistory,
    private readonly reader: EventReader
  ) {}

  /** The next page, oldest event first, each in the form that the principal may hear. Throws `INVALID_REQUEST` for a place that is none, and as `EventReader.past` does. */
  async page({ selection, limit, maxBytes, ...bounds }: PageTerms, principal: Principal): Promise<EncodedPage> {
    const { from, to } = await partOf(this.history, bounds);
    const envelopes: string[] = [];
    let position: Position = from;
    let [bytes, parts, isFull] = [0, 0, false];
    for await (const { events, upTo } of this.reader.past(selection, from, to)) {
      for (const event of events) {
        isFull = envelopes.length >= limit || bytes >= maxBytes;
        if (isFull) break;
        const text = encodeEnvelope(heardBy(principal, event));
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
