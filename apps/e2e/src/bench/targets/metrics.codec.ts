/** One line in Prometheus' text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Parses the sample lines of Prometheus' text format. */
export function readMetrics(text: string): Sample[] {
  return text.split('\n').flatMap(line => {
    const match = LINE.exec(line);
    if (!match || line.startsWith('#')) return [];
    const labels: Record<string, string> = {};
    for (const [, name = '', value = ''] of (match[2] ?? '').matchAll(LABEL)) labels[name] = value;
    return [{ name: match[1]!, labels, value: Number(match[3]) }];
  });
}

/** Returns the sum of all samples of a name whose labels include the given ones. */
export function sumOf(samples: readonly Sample[], name: string, labels: Readonly<Record<string, string>> = {}): number {
  return samples
    .filter(sample => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

/** A histogram between two readings: how many observations were at most `upTo` (seconds, ascending, the last one infinite). */
export interface HistogramBucket {
  readonly upTo: number;
  readonly count: number;
}

/** Returns the cumulative counts of the observations between two readings. */
export function histogramBetween(before: readonly Sample[], after: readonly Sample[], name: string): HistogramBucket[] {
  const bounds = [...new Set(after.filter(sample => sample.name === `${name}_bucket`).map(({ labels }) => labels['le'] ?? ''))];
  const countOf = (samples: readonly Sample[], le: string): number => sumOf(samples, `${name}_bucket`, { le });
  return bounds
    .map(le => ({ upTo: le === '+Inf' ? Infinity : Number(le), count: countOf(after, le) - countOf(before, le) }))
    .sort((a, b) => a.upTo - b.upTo);
}

/** Returns the value below which a share of the observations lies, interpolated within its bucket; `NaN` without observations. */
export function quantileOf(buckets: readonly HistogramBucket[], share: number): number {
  const rank = share * (buckets.at(-1)?.count ?? 0);
  if (rank === 0) return NaN;
  let [from, below] = [0, 0];
  for (const { upTo, count } of buckets) {
    // How far the last observations lie beyond the last bound is not known.
    if (count >= rank) return upTo === Infinity ? from : from + ((upTo - from) * (rank - below)) / (count - below);
    [from, below] = [upTo, count];
  }
  return from;
}
