import type { HealthSample } from '@wabus/contracts';

/** One value of a metric. Values of a histogram have the name of their series. */
export interface MetricValue {
  readonly value: number;
  readonly labels: Readonly<Partial<Record<string, string | number>>>;
  readonly metricName?: string;
}

/** The number of timed operations since the start, and their total duration in s. */
export interface Timed {
  readonly count: number;
  readonly seconds: number;
}

type Gauges = Omit<HealthSample, 'at' | 'messagesPerMinute' | 'commandsPerMinute' | 'deliverySeconds' | 'commandSeconds'>;

/** Metrics at one moment: counters since the start of the process, and current gauges. */
export interface HealthReading {
  /** The time of a monotonic clock. */
  readonly atMs: number;
  readonly messages: number;
  readonly commands: Timed;
  readonly deliveries: Timed;
  readonly gauges: Gauges;
}

/** Returns the value of a gauge without labels, or `null` while it has none. */
export function gaugeOf(values: readonly MetricValue[]): number | null {
  return values[0]?.value ?? null;
}

/** Returns the sum of a counter over all its labels, or over those with this label. */
export function totalOf(values: readonly MetricValue[], label?: { readonly name: string; readonly value: string }): number {
  return sum(label === undefined ? values : values.filter(({ labels }) => labels[label.name] === label.value));
}

/** Returns the sums of a histogram over all its labels. */
export function timedOf(values: readonly MetricValue[]): Timed {
  const series = (end: string): number => sum(values.filter(({ metricName = '' }) => metricName.endsWith(end)));
  return { count: series('_count'), seconds: series('_sum') };
}

/** Returns the changes between two readings, and the gauges of the later one. */
export function sampleOf(before: HealthReading | null, now: HealthReading, at: string): HealthSample {
  const minutes = before === null ? 0 : (now.atMs - before.atMs) / 60_000;
  const perMinute = (from: number | undefined, to: number): number | null =>
    from === undefined || minutes <= 0 ? null : rounded((to - from) / minutes);
  return {
    at,
    messagesPerMinute: perMinute(before?.messages, now.messages),
    commandsPerMinute: perMinute(before?.commands.count, now.commands.count),
    deliverySeconds: before && meanOf(before.deliveries, now.deliveries),
    commandSeconds: before && meanOf(before.commands, now.commands),
    ...now.gauges
  };
}

function meanOf(before: Timed, now: Timed): number | null {
  const count = now.count - before.count;
  return count > 0 ? rounded((now.seconds - before.seconds) / count) : null;
}

/** Rounds to four decimals, because further ones are arithmetic noise. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function sum(values: readonly MetricValue[]): number {
  return values.reduce((total, { value }) => total + value, 0);
}
