import { Injectable } from '@nestjs/common';
import { EventLog } from '@wabus/broker';
import { EventHistory, type HistoryFilter, type HistoryPage, type HistoryPlace } from './event-history.js';
import { EventWindow } from './event.window.js';
import { LiveEvents } from './live-events.js';

const PAGE = { maxEvents: 1_000, maxBytes: 512 * 1024 };

/** The past from the window in memory and from the event log. */
@Injectable()
export class LogHistory extends EventHistory {
  constructor(
    private readonly log: EventLog,
    private readonly live: LiveEvents,
    private readonly window: EventWindow
  ) {
    super();
  }

  override locate(since: string): Promise<HistoryPlace> {
    return this.log.locate(since);
  }

  override recent(after: number, wantedFrom: number, maxBytes: number = PAGE.maxBytes): HistoryPage | null {
    const found = after < wantedFrom ? null : this.window.after(after, maxBytes);
    if (found === null) return null;
    const { events, isFull } = found;
    return { events, upTo: isFull ? events.at(-1)! : this.live.position, truncated: false };
  }

  override read(after: number, filter: HistoryFilter, maxBytes: number = PAGE.maxBytes): Promise<HistoryPage> {
    return this.log.page(after, filter, { ...PAGE, maxBytes: Math.min(maxBytes, PAGE.maxBytes) });
  }
}
