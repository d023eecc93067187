import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedEventPage } from '@wabus/broker';
import { WabusError, decodeCursor } from '@wabus/contracts';
import type { Socket } from 'socket.io';
import type { EventsIn } from '../events-in/events-in.js';
import type { Backlog } from './backlog.state.js';
import { ClientDelivery } from './client-delivery.js';
import type { ClientPace } from './client-pace.js';
import type { GatewayObserver } from './gateway.observer.js';
import { OutgoingEvent } from './outgoing-event.js';

const RETRY_MS = 250;
const AHEAD_LOOK_MS = 20;
/** How long a client that is disconnected as too slow has to read the data already written, which ends with the reason. */
const CLOSE_GRACE_MS = 5_000;

/**
 * Delivers pending events from the past as fast as the client reads, in constant memory. Each read requests only as much as fits the
 * client's buffer, and the next page waits until the previous one is drained.
 */
export class CatchUp {
  private readonly delivery: ClientDelivery;
  private ahead: { readonly version: number; readonly after: number; readonly page: Promise<LoggedEventPage | null> } | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly pace: ClientPace,
    private readonly serving: { readonly events: EventsIn; readonly observer: GatewayObserver }
  ) {
    this.delivery = new ClientDelivery(socket);
  }

  /**
   * Resolves when nothing is pending or the connection is closed. Calls `level` in the same tick in which the live position is reached. A
   * client that reads nothing for too long is disconnected.
   */
  async run(backlog: Backlog, level: () => void): Promise<void> {
    try {
      await this.deliver(backlog, level);
    } finally {
      this.dropAhead();
    }
  }

  private async deliver(backlog: Backlog, level: () => void): Promise<void> {
    for (;;) {
      const room = await this.pace.awaitRoom(() => this.dropAhead());
      if (room === 'gone' || !this.socket.connected) return;
      if (room === 'stalled') return this.giveUp(backlog);
      const outcome = await this.deliverNext(backlog);
      if (outcome === 'truncated') return this.giveUp(backlog);
      if (outcome === 'nothing') continue;
      const place = this.comparedToLive(backlog);
      // No event can arrive between this check and the switch to live events.
      if (place === 'level') return level();
      if (place === 'ahead') await delay(AHEAD_LOOK_MS, undefined, { ref: false });
    }
  }

  /** A separate function: the frame of the loop would retain the page for as long as the client does not read. */
  private async deliverNext(backlog: Backlog): Promise<'delivered' | 'nothing' | 'truncated'> {
    const { version, position, completeFrom } = backlog;
    const page = this.serving.events.recent(position.sequence, completeFrom, this.pace.roomBytes) ?? (await this.read(backlog));
    if (page === null || version !== backlog.version) return 'nothing';
    if (page.truncated) return 'truncated';
    this.write(page, backlog);
    return 'delivered';
  }

  /** A cursor from another edge can be ahead of the events received here. Going live now would deliver the events in between twice. */
  private comparedToLive({ position }: Backlog): 'behind' | 'level' | 'ahead' {
    const live = this.serving.events.position;
    if (position.sequence < live.sequence) return 'behind';
    // After a log is replaced, positions in the previous log are meaningless.
    const isSameLog = decodeCursor(position.cursor)?.stream === decodeCursor(live.cursor)?.stream;
    return position.sequence > live.sequence && isSameLog ? 'ahead' : 'level';
  }

  /** Returns the next page of the log. If the client keeps up and memory is ample, the following page is fetched while this one is written. */
  private async read(backlog: Backlog): Promise<LoggedEventPage | null> {
    const { version, position } = backlog;
    const isAhead = this.ahead?.version === version && this.ahead.after === position.sequence;
    const page = await (isAhead ? this.ahead!.page : this.fetch(position.sequence, backlog));
    this.dropAhead();
    if (page === null || version !== backlog.version) return page;
    const after = page.upTo.sequence;
    if (after < this.serving.events.position.sequence && this.pace.keepAside(this.pace.roomBytes))
      this.ahead = { version, after, page: this.fetch(after, backlog) };
    return page;
  }

  private dropAhead(): void {
    this.ahead = null;
    this.pace.dropAside();
  }

  private async fetch(after: number, { filter }: Backlog): Promise<LoggedEventPage | null> {
    try {
      return await this.serving.events.read(after, filter, this.pace.roomBytes);
    } catch {
      // The log cannot be read at the moment. The client waits, as it would for live events.
      await delay(RETRY_MS, undefined, { ref: false });
      return null;
    }
  }

  private write({ events, upTo }: LoggedEventPage, backlog: Backlog): void {
    // The log can be ahead of the live feed. The events in between arrive live.
    const live = this.serving.events.position;
    for (const event of events) {
      if (event.sequence > live.sequence) break;
      const outgoing = new OutgoingEvent(event);
      const form = backlog.pendingForm(event.sequence, outgoing.subject);
      if (form !== null) this.delivery.deliver(outgoing, form);
    }
    this.pace.wrote(this.delivery.flush());
    backlog.advance(upTo.sequence <= live.sequence ? upTo : live);
  }

  private giveUp({ position }: Backlog): void {
    const { conn } = this.socket;
    this.serving.observer.gaveUp(this.socket);
    this.socket.emit('exception', new WabusError('SLOW_CONSUMER', { details: { cursor: position.cursor } }).toBody());
    // Closes the connection, not only the namespace, so that the client reconnects automatically.
    conn.close();
    const timer = setTimeout(() => conn.close(true), CLOSE_GRACE_MS);
    timer.unref();
    this.socket.once('disconnect', () => clearTimeout(timer));
  }
}
