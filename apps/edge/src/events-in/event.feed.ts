import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EventLog, type LiveFeed, type LoggedEvent } from '@wabus/broker';
import { WabusError } from '@wabus/contracts';
import { Log, MetricsRegistry, type Counter, type Logger } from '@wabus/runtime';
import { EventWindow } from './event.window.js';
import { LiveEvents, type Interest, type LiveEventListener, type Position, type Wanted } from './live-events.js';

/** The one live feed of this edge, handed out to its listeners. It survives restarts of the broker: see `EventLog.follow`. */
@Injectable()
export class EventFeed extends LiveEvents implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private readonly heard: Counter<'event'>;
  private readonly listeners = new Set<LiveEventListener>();
  private feed: LiveFeed | null = null;

  constructor(
    private readonly eventLog: EventLog,
    private readonly window: EventWindow,
    log: Log,
    metrics: MetricsRegistry
  ) {
    super();
    this.logger = log.for('events-in');
    this.heard = metrics.counter({ name: 'wabus_edge_events_total', help: 'Events heard from the log.', labels: ['event'] });
  }

  async onModuleInit(): Promise<void> {
    this.feed = await this.eventLog.follow(event => this.dispatch(event), null);
    this.window.begin(this.feed.sequence);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.feed?.stop();
  }

  override get position(): Position {
    if (this.feed === null) throw new WabusError('BROKER_UNAVAILABLE');
    const { sequence, cursor } = this.feed;
    return { sequence, cursor };
  }

  override async want({ sessions, events }: Interest): Promise<Wanted> {
    if (this.feed === null) throw new WabusError('BROKER_UNAVAILABLE');
    return this.feed.want({ sessions: sessions === '*' ? undefined : sessions, events });
  }

  override listen(listener: LiveEventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private dispatch(event: LoggedEvent): void {
    this.heard.inc({ event: event.facts.event });
    this.window.add(event, this.position.sequence);
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (err) {
        this.logger.error({ err, session: event.facts.session, event: event.facts.event }, 'listener failed');
      }
    }
  }
}
