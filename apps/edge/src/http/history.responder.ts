import { Injectable } from '@nestjs/common';
import { encodeEnvelope } from '@wabus/contracts';
import type { Response } from 'express';
import type { Principal } from '../auth/principal.js';
import { visibleTo } from '../events-in/event-selection.policy.js';
import { EventPager, partOf } from '../events-in/event-pager.js';
import { EventReader } from '../events-in/event.reader.js';
import { EventsIn } from '../events-in/events-in.js';
import { SearchLimiter } from '../read-models/reading/read-models.js';
import { BackPressureWriter, HttpSettings } from './back-pressure.writer.js';
import { oneLine } from './event-stream.responder.js';
import type { EventQuery } from './query.policy.js';
import { StreamRegistry } from './stream.registry.js';

/** The size limit of a page, apart from its last event. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Responds with past events. Payloads are sent as the JSON text that is stored. */
@Injectable()
export class HistoryResponder {
  constructor(
    private readonly events: EventsIn,
    private readonly reader: EventReader,
    private readonly pager: EventPager,
    private readonly streams: StreamRegistry,
    private readonly searches: SearchLimiter,
    private readonly settings: HttpSettings
  ) {}

  /** Sends one page as JSON (see `EventPage`). */
  async sendPage(query: EventQuery, principal: Principal, response: Response): Promise<void> {
    // The page stays in memory until the client has read it.
    await this.searches.pass(principal, async () => {
      const { envelopes, ...rest } = await this.pager.page({ ...query, maxBytes: MAX_PAGE_BYTES }, principal);
      const text = `{"events":[${envelopes.join(',')}],${JSON.stringify(rest).slice(1)}`;
      response.status(200).type('application/json').setHeader('Content-Length', Buffer.byteLength(text));
      const writer = new BackPressureWriter(response, { ended: new AbortController().signal, stallMs: this.settings.stallMs });
      await writer.write(text);
      if (!writer.over.aborted) response.end();
    });
  }

  /**
   * Sends everything up to `until`, or up to the current end of the log, as one envelope per line. `Wabus-Truncated` is set if the log
   * does not reach back to `since`.
   */
  async sendAll(query: EventQuery, principal: Principal, response: Response): Promise<void> {
    const { from, to } = await partOf(this.events, query);
    const stream = this.streams.admit(principal);
    const writer = new BackPressureWriter(response, { ended: stream.ended, stallMs: this.settings.stallMs });
    try {
      if (from.truncated) response.setHeader('Wabus-Truncated', from.truncated.firstAt ?? 'all');
      response.status(200).setHeader('Content-Type', 'application/x-ndjson; charset=utf-8').flushHeaders();
      for await (const { events } of this.reader.past(query.selection, from, to)) {
        // Only a complete response ends in order.
        if (writer.over.aborted) return writer.cut();
        const lines = events.map(event => `${oneLine(encodeEnvelope(visibleTo(principal, event)))}\n`);
        if (lines.length > 0) await writer.write(lines.join(''));
      }
      if (writer.over.aborted) writer.cut();
      else response.end();
    } finally {
      stream.release();
    }
  }
}
