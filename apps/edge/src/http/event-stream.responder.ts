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

/** JSON text in one line: outside its texts a line break is only space. */
export function oneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[\r\n]+/g, ' ') : json;
}

/** An event as a Server-Sent Event: its cursor as id, its name, its envelope as data. */
export function sseOfEvent(event: EncodedEvent): string {
  return `id: ${event.cursor}\nevent: ${event.facts.event}\ndata: ${oneLine(encodeEnvelope(event))}\n\n`;
}

/** Moves the client's `Last-Event-ID` on without an event, and keeps the connection alive. */
export function sseOfCursor(cursor: Cursor): string {
  return `: keep-alive\nid: ${cursor}\n\n`;
}

/** An event of the stream itself, such as `truncated` and `end`. */
export function sseOfNotice(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** How long a client waits before it connects again. */
const RETRY_MS = 1_000;

/** Answers with Server-Sent Events: what came after `Last-Event-ID` or `since`, then what comes, until the client goes or its token ends. */
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
      // The client reconnects with its Last-Event-ID and then learns what was dropped.
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
    // Reverse proxies that buffer by default would hold events back.
    .setHeader('X-Accel-Buffering', 'no')
    .flushHeaders();
}
