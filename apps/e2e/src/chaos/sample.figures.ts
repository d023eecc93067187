/** Figures over samples in ms. */
export interface SampleFigures {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Percentiles by nearest rank, so that each is a sample. Throws without samples. */
export function sampleFigures(samplesMs: readonly number[]): SampleFigures {
  if (samplesMs.length === 0) throw new RangeError('no samples');
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const rank = (share: number): number => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!);
  return { count: sorted.length, p50Ms: rank(0.5), p99Ms: rank(0.99), maxMs: rank(1) };
}
