import { readdirSync, readFileSync } from 'node:fs';

/** The memory and handles of a process at one time. */
export interface SoakSample {
  readonly atMs: number;
  readonly residentBytes: number;
  readonly handles: number;
}

/** The change of a process over a soak. */
export interface SoakTrend {
  readonly samples: number;
  readonly firstMb: number;
  readonly lastMb: number;
  /** Complete days after the first one. */
  readonly days: number;
  readonly mbPerHour: number | null;
  readonly handlesFirst: number;
  readonly handlesLast: number;
}

const MB = 2 ** 20;
const HOUR_MS = 3_600_000;

/** Reads `/proc`. Throws on a system without it, and for a process that no longer exists. */
export function sampleProcess(pid: number, atMs: number): SoakSample {
  const [, kilobytes = 'NaN'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { atMs, residentBytes: Number(kilobytes) * 1_024, handles: readdirSync(`/proc/${pid}/fd`).length };
}

/**
 * Fits a line through the means of complete simulated days by least squares, because within a day memory follows the load. The first day is excluded:
 * caches fill and code is compiled. `null` with fewer than two days after it. Pure.
 */
export function trendOf(samples: readonly SoakSample[], dayMs: number): SoakTrend {
  const start = samples[0]?.atMs ?? 0;
  const days = new Map<number, SoakSample[]>();
  for (const sample of samples) {
    const day = Math.floor((sample.atMs - start) / dayMs);
    days.set(day, [...(days.get(day) ?? []), sample]);
  }
  const whole = [...days].filter(([day]) => day > 0 && (samples.at(-1)!.atMs - start) / dayMs >= day + 0.95);
  const means = whole.map(([day, taken]) => ({ day, bytes: mean(taken.map(({ residentBytes }) => residentBytes)) }));
  return {
    samples: samples.length,
    firstMb: megabytes(means[0]?.bytes ?? samples[0]?.residentBytes),
    lastMb: megabytes(means.at(-1)?.bytes ?? samples.at(-1)?.residentBytes),
    days: means.length,
    mbPerHour: means.length < 2 ? null : Math.round(((slopeOf(means) * (HOUR_MS / dayMs)) / MB) * 10) / 10,
    handlesFirst: whole[0]?.[1].at(-1)?.handles ?? samples[0]?.handles ?? NaN,
    handlesLast: samples.at(-1)?.handles ?? NaN
  };
}

function slopeOf(means: readonly { day: number; bytes: number }[]): number {
  const [meanDay, meanBytes] = [mean(means.map(({ day }) => day)), mean(means.map(({ bytes }) => bytes))];
  const spread = means.reduce((sum, { day }) => sum + (day - meanDay) ** 2, 0);
  return means.reduce((sum, { day, bytes }) => sum + (day - meanDay) * (bytes - meanBytes), 0) / spread;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const megabytes = (bytes = NaN): number => Math.round(bytes / MB);
