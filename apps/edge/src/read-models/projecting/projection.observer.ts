import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import { HealthRegistry, Log, MetricsRegistry, type Counter, type Gauge, type Logger } from '@wabus/runtime';

type State = 'projecting' | 'another edge projects' | 'interrupted';

/** Reports the progress of the projection at this edge: in logs, metrics and the detail of a health check. */
@Injectable()
export class ProjectionObserver {
  readonly logger: Logger;
  private readonly events: Counter<'outcome'>;
  private readonly interruptions: Counter;
  private readonly active: Gauge;
  private state: State = 'another edge projects';
  private skips = 0;
  /** The number of events that are not projected yet, and the last time at which there were none. */
  private behind = 0;
  private caughtUpAt = performance.now();

  constructor(log: Log, metrics: MetricsRegistry, health: HealthRegistry) {
    this.logger = log.for('read-models');
    this.events = metrics.counter({
      name: 'wabus_edge_models_events_total',
      help: 'Events for the read models: `projected`, or `skipped` because they cannot be projected.',
      labels: ['outcome']
    });
    this.interruptions = metrics.counter({
      name: 'wabus_edge_models_interruptions_total',
      help: 'Times that projecting restarted, because NATS did not answer or another edge took over.'
    });
    this.active = metrics.gauge({ name: 'wabus_edge_models_projecting', help: '1 at the edge that projects the read models.' });
    metrics.gauge({
      name: 'wabus_edge_models_lag_events',
      help: 'Events that the read models do not hold yet, at the edge that projects.',
      collect: gauge => (this.isResponsible ? gauge.set(this.behind) : gauge.remove())
    });
    metrics.gauge({
      name: 'wabus_edge_models_lag_seconds',
      help: 'Time since the read models held every event, at the edge that projects.',
      collect: gauge => (this.isResponsible ? gauge.set(this.lagSeconds) : gauge.remove())
    });
    // The check never fails: projected data can be read, and another edge may project.
    health.add({
      name: 'read-models',
      kind: 'ready',
      check: () => ({ detail: `${this.state}; this edge has skipped ${this.skips} events since it started` })
    });
  }

  projected(events: number): void {
    this.events.inc({ outcome: 'projected' }, events);
  }

  /** Records how many events are left after a step. */
  left(events: number): void {
    this.behind = events;
    if (events === 0) this.caughtUpAt = performance.now();
  }

  skipped({ facts, cursor }: LoggedEvent, reason: string): void {
    this.skips++;
    this.events.inc({ outcome: 'skipped' });
    const { session, event } = facts;
    this.logger.error({ session, event, cursor, reason }, 'skipping event that cannot be projected');
  }

  works(isActive: boolean): void {
    if (isActive && !this.isResponsible) this.caughtUpAt = performance.now();
    this.state = isActive ? 'projecting' : 'another edge projects';
    this.active.set(isActive ? 1 : 0);
  }

  private get isResponsible(): boolean {
    return this.state !== 'another edge projects';
  }

  private get lagSeconds(): number {
    return this.behind === 0 && this.state === 'projecting' ? 0 : (performance.now() - this.caughtUpAt) / 1_000;
  }

  interrupted(err: unknown): void {
    const level = this.state === 'interrupted' ? 'debug' : 'warn';
    this.state = 'interrupted';
    this.active.set(0);
    this.interruptions.inc();
    this.logger[level]({ err }, 'projecting read models failed, retrying');
  }
}
