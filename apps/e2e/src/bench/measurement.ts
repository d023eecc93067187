import type { Measured } from './bench.figures.js';

export interface BenchOptions {
  /** The approximate duration of each round of load. */
  readonly seconds: number;
  /** How often each side is measured; the median counts. */
  readonly rounds: number;
  /** Messages per round, instead of as many as fill the seconds. */
  readonly messages?: number | undefined;
  /** The number of sessions in measurements with many sessions. */
  readonly sessions: number;
  /** The folder to which connectors write CPU profiles when they end. */
  readonly profileFolder?: string | undefined;
}

/** One measurement with its figures. It starts every process that it needs and leaves nothing behind. */
export interface Measurement {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  measure(options: BenchOptions): AsyncIterable<Measured>;
}
