/** One figure with its target; all times in ms. */
export interface ChaosFigure {
  readonly name: string;
  readonly measured: Record<string, number | number[]> | SampleFigures;
  readonly target: Record<string, number> | null;
  readonly met: boolean | null;
}

/** Returns a figure that meets its target if no measured value of the same name exceeds it. */
export function figure(name: string, measured: ChaosFigure['measured'], target: Record<string, number> | null = null): ChaosFigure {
  const values = measured as Record<string, unknown>;
  return { name, measured, target, met: target && Object.entries(target).every(([key, limit]) => Number(values[key]) <= limit) };
}

/** Formats a figure as one line for people. */
export function formatChaosFigure({ name, measured, target, met }: ChaosFigure): string {
  const text = (values: object): string =>
    Object.entries(values)
      .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(':') : String(value)}`)
      .join(', ');
  return `${met === null ? ' ' : met ? '✓' : '✗'} ${name}: ${text(measured)}${target ? ` (target: ${text(target)})` : ''}`;
}

/** Statistics of samples in ms. */
export interface SampleFigures {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Returns percentiles by nearest rank, so that each is a sample. Throws without samples. */
export function sampleFigures(samplesMs: readonly number[]): SampleFigures {
  if (samplesMs.length === 0) throw new RangeError('no samples');
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const rank = (share: number): number => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!);
  return { count: sorted.length, p50Ms: rank(0.5), p99Ms: rank(0.99), maxMs: rank(1) };
}
