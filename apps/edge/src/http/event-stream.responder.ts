import { Injectable } from '@nestjs/common';
import { WabusError, encodeEnvelope, type Cursor, type EncodedEvent } from '@wabus/contracts';
import type { Response } from 'express';
import type { Principal } from '../auth/principal.js';
import { visibleTo } from '../events-in/event-selection.policy.js';
import { placeOf } from '../events-in/event-pager.js';
import { EventReader } from '../events-in/event.reader.js';
import { EventsIn } from '../events-in/events-in.js';
import { BackPressureWriter, HttpSettings } from './back-pressure.writer.js';
import { invalidParameter, type EventQuery } from './query.policy.js';
import { StreamRegistry } from './stream.registry.js';

/** Returns JSON text in one line. Line breaks occur only between its tokens, so a space can replace them. */
export function oneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[\r\n]+/g, ' ') : json;
}

/** Returns an event as a Server-Sent Event: its cursor as the id, its name, and its envelope as the data. */
export function sseOfEvent(event: EncodedEvent): string {
  return `id: ${event.cursor}\nevent: ${event.facts.event}\ndata: ${oneLine(encodeEnvelope(event))}\n\n`;
}

/** Returns a message that advances the client's `Last-Event-ID` without an event, and keeps the connection alive. */
export function sseOfCursor(cursor: Cursor): string {
  return `: keep-alive\nid: ${cursor}\n\n`;
}

/** Returns an event of the stream itself, such as `truncated` or `end`. */
export function sseOfNotice(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** How long a client waits before it reconnects. */
const RETRY_MS = 1_000;

/** Responds with Server-Sent Events: first the events after `Last-Event-ID` or `since`, then live events, until the client disconnects or its token ends. */
@Injectable()
export class EventStreamResponder {
  constructor(
    private readonly events: EventsIn,
    private readonly reader: EventReader,
    private readonly streams: StreamRegistry,
    private readonly settings: HttpSettings
  ) {}

  async send(
    query: EventQuery,
    principal: Principal,
    { response, lastEventId }: { response: Response; lastEventId: string | undefined }
  ): Promise<void> {
    if (query.until !== null) throw invalidParameter('until', 'must be left out of a request for live events');
    const place = lastEventId
      ? await placeOf(this.events, lastEventId, 'Last-Event-ID')
      : query.since === null
        ? null
        : await this.events.locate(query.since);
    const stream = this.streams.admit(principal);
    const writer = new BackPressureWriter(response, { ended: stream.ended, stallMs: this.settings.stallMs });
    try {
      const parts = this.reader.follow(query.selection, { after: place, idleMs: this.settings.keepAliveMs, signal: writer.over });
      let greeting = `retry: ${RETRY_MS}\n\n${place?.truncated ? sseOfNotice('truncated', place.truncated) : ''}`;
      for await (const { events, upTo } of parts) {
        if (!response.headersSent) begin(response);
        const text = events.length > 0 ? events.map(event => sseOfEvent(visibleTo(principal, event))).join('') : sseOfCursor(upTo.cursor);
        await writer.write(greeting + text);
        greeting = '';
        if (writer.over.aborted) break;
      }
      writer.end(sseOfNotice('end', { reason: stream.ended.reason as unknown }));
    } catch (thrown) {
      if (!response.headersSent || !(thrown instanceof WabusError) || thrown.code !== 'SLOW_CONSUMER') throw thrown;
      // The client reconnects with its Last-Event-ID, and then learns which events were dropped.
      writer.end(sseOfNotice('end', { reason: 'slow' }));
    } finally {
      stream.release();
    }
  }
}

function begin(response: Response): void {
  response
    .status(200)
    .setHeader('Content-Type', 'text/event-stream; charset=utf-8')
    // Some reverse proxies buffer by default and would delay events.
    .setHeader('X-Accel-Buffering', 'no')
    .flushHeaders();
}
