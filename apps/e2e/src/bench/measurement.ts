import type { Measured } from './bench.figures.js';

export interface BenchOptions {
  /** How long each round of load lasts, about. */
  readonly seconds: number;
  /** How often each side is measured; the median counts. */
  readonly rounds: number;
  /** Of each round, in place of as many as fill the seconds. */
  readonly messages?: number | undefined;
  /** How many sessions "many" are. */
  readonly sessions: number;
  /** Where connectors write CPU profiles when they end. */
  readonly profileFolder?: string | undefined;
}

/** One question with its figures. It starts everything it needs and leaves nothing behind. */
export interface Measurement {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  measure(options: BenchOptions): AsyncIterable<Measured>;
}
