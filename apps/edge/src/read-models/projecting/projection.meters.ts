import { Injectable } from '@nestjs/common';
import { MetricsRegistry, type Counter, type Gauge } from '@wabus/runtime';

/** What is counted about the projection at this edge. */
@Injectable()
export class ProjectionMeters {
  readonly events: Counter<'outcome'>;
  readonly interruptions: Counter;
  readonly projecting: Gauge;

  constructor(metrics: MetricsRegistry) {
    this.events = metrics.counter({
      name: 'wabus_edge_models_events_total',
      help: 'Events for the read models: `projected`, and of these `skipped` since they cannot be.',
      labels: ['outcome']
    });
    this.interruptions = metrics.counter({
      name: 'wabus_edge_models_interruptions_total',
      help: 'Times that projecting had to begin again, since NATS did not answer or another edge took over.'
    });
    this.projecting = metrics.gauge({ name: 'wabus_edge_models_projecting', help: '1 at the edge that projects the read models.' });
  }
}
