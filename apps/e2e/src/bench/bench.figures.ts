/** The maximum or minimum of a figure. */
export interface Target {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One measured value. */
export interface BenchFigure {
  /** Name of the measurement. */
  readonly measurement: string;
  readonly figure: string;
  readonly value: number;
  /** `×` for a ratio, `ms`, `messages/s`, `KB` and the like. */
  readonly unit: string;
  readonly target: Target | null;
  /** `null` without a target. */
  readonly met: boolean | null;
  /** The samples of the single rounds, from which the value was computed. */
  readonly samples: readonly number[];
}

export interface Measured {
  readonly figure: string;
  readonly unit: string;
  /** One per round; the median is the value. */
  readonly samples: readonly number[];
  readonly target?: Target;
}

/** Returns the median of the rounds with its target. Throws without samples. */
export function figureOf(measurement: string, { figure, unit, samples, target = undefined }: Measured): BenchFigure {
  const value = median(samples);
  return { measurement, figure, value, unit, target: target ?? null, met: target === undefined ? null : meets(value, target), samples };
}

function meets(value: number, { atMost = Infinity, atLeast = -Infinity }: Target): boolean {
  return value <= atMost && value >= atLeast;
}

/** Returns the middle value, or the mean of the two in the middle. Throws a `RangeError` without values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no samples');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}

/** Returns the value of nearest rank below which a share (0 to 1) of the values lies. Throws a `RangeError` without values. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('no samples');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Returns, for each round, how many times as long the first took as the second; a slowdown of a whole round does not change it. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, i) => value / theirs[i]!);
}

/** Formats a figure as one line for people. */
export function formatFigure({ figure, value, unit, target, met, samples }: BenchFigure): string {
  const mark = met === null ? ' ' : met ? '✓' : '✗';
  const spread = samples.length > 1 ? `  [${short(Math.min(...samples))} … ${short(Math.max(...samples))}]` : '';
  const wanted = target ? `  (target ${target.atMost === undefined ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`})` : '';
  return `  ${mark} ${figure.padEnd(58)} ${short(value).padStart(8)} ${unit}${spread}${wanted}`;
}

/** Rounds to three significant digits. */
function short(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
