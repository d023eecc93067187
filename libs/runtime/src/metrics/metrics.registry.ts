import { VERSION } from '../process/version.js';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface MetricFacts<Label extends string = never> {
  /** Snake case with the unit last: `wabus_publish_seconds`, `wabus_events_total`. */
  name: string;
  help: string;
  labels?: readonly Label[];
}

/** A gauge, and the function that sets it on every scrape, which must not throw. */
export interface GaugeFacts<Label extends string = never> extends MetricFacts<Label> {
  collect?: (gauge: Gauge<Label>) => void | Promise<void>;
}

/** prom-client's registry with the metrics of Node.js, also injectable as `Registry`. A second request for the same name returns the same metric. */
export class MetricsRegistry extends Registry {
  constructor(service: string) {
    super();
    this.setDefaultLabels({ service });
    this.gauge({ name: 'wabus_build_info', help: 'The release that runs: always 1.', labels: ['version', 'node'] }).set(
      { version: VERSION, node: process.versions.node },
      1
    );
    collectDefaultMetrics({ register: this });
  }

  counter<Label extends string = never>({ name, help, labels = [] }: MetricFacts<Label>): Counter<Label> {
    return this.existing<Counter<Label>>(name) ?? new Counter({ name, help, labelNames: labels, registers: [this] });
  }

  gauge<Label extends string = never>({ name, help, labels = [], collect }: GaugeFacts<Label>): Gauge<Label> {
    const existing = this.existing<Gauge<Label>>(name);
    if (existing !== undefined) return existing;
    const gauge: Gauge<Label> = new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [this],
      ...(collect ? { collect: () => collect(gauge) } : {})
    });
    return gauge;
  }

  /** @param facts.buckets upper bounds, ascending, in the unit of the observed value */
  histogram<Label extends string = never>(facts: MetricFacts<Label> & { buckets: readonly number[] }): Histogram<Label> {
    const { name, help, labels = [], buckets } = facts;
    return (
      this.existing<Histogram<Label>>(name) ?? new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [this] })
    );
  }

  private existing<Metric>(name: string): Metric | undefined {
    return this.getSingleMetric(name) as Metric | undefined;
  }
}
