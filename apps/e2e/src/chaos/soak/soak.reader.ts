import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds at one moment. */
export interface SoakSample {
  readonly atMs: number;
  readonly residentBytes: number;
  readonly handles: number;
}

/** How a process changed over a soak. */
export interface SoakTrend {
  readonly samples: number;
  readonly firstMb: number;
  readonly lastMb: number;
  readonly mbPerHour: number;
  readonly handlesFirst: number;
  readonly handlesLast: number;
}

const MB = 2 ** 20;
const HOUR_MS = 3_600_000;
/** Caches fill and code is compiled at first. */
const WARM_UP_SHARE = 1 / 3;

/** Reads `/proc`. Throws where there is none, and for a process that is gone. */
export function sampleProcess(pid: number, atMs: number): SoakSample {
  const [, kilobytes = 'NaN'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { atMs, residentBytes: Number(kilobytes) * 1_024, handles: readdirSync(`/proc/${pid}/fd`).length };
}

/** The line through the samples after the warm-up, by least squares. Pure. */
export function trendOf(samples: readonly SoakSample[]): SoakTrend {
  const settled = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanAt, meanBytes] = [mean(settled.map(({ atMs }) => atMs)), mean(settled.map(({ residentBytes }) => residentBytes))];
  const spread = settled.reduce((sum, { atMs }) => sum + (atMs - meanAt) ** 2, 0);
  const slope = settled.reduce((sum, { atMs, residentBytes }) => sum + (atMs - meanAt) * (residentBytes - meanBytes), 0) / spread;
  const [first, last] = [settled[0], settled.at(-1)];
  return {
    samples: settled.length,
    firstMb: Math.round((first?.residentBytes ?? NaN) / MB),
    lastMb: Math.round((last?.residentBytes ?? NaN) / MB),
    mbPerHour: Math.round(((slope * HOUR_MS) / MB) * 10) / 10,
    handlesFirst: first?.handles ?? NaN,
    handlesLast: last?.handles ?? NaN
  };
}
