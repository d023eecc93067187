/** Values over time, oldest first; `null` where nothing is known. */
export type ChartValues = readonly (number | null)[];

/** What a line says in words. */
export interface LineFacts {
  /** The newest value; `null` when nothing is known of it. */
  readonly last: number | null;
  readonly least: number;
  readonly most: number;
}

/** `null` for a line without any value. */
export function lineFactsOf(values: ChartValues): LineFacts | null {
  const known = values.filter(value => value !== null);
  if (known.length === 0) return null;
  return { last: values.at(-1) ?? null, least: Math.min(...known), most: Math.max(...known) };
}

/** The value at the top of a chart: its limit, else 1, 2 or 5 of some power of ten that no value exceeds. */
export function topOf(lines: readonly ChartValues[], limit: number | null): number {
  const most = Math.max(0, ...lines.flat().map(value => value ?? 0));
  if (limit !== null && limit >= most && limit > 0) return limit;
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5].find(step => step * power >= most) ?? 10) * power;
}

/** The line in a drawing of this size as the `d` of a path, the newest value at the right. It is interrupted where nothing is known. */
export function pathOf(values: ChartValues, top: number, { width, height }: { readonly width: number; readonly height: number }): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, index) => {
      if (value === null) return '';
      const point = `${short(index * step)} ${short(height - (value / top) * height)}`;
      const begins = (values[index - 1] ?? null) === null;
      // A value alone is a dot: browsers leave out a line without a length.
      return begins ? `M${point}${(values[index + 1] ?? null) === null ? 'h1' : ''}` : `L${point}`;
    })
    .join('');
}

function short(length: number): number {
  return Math.round(length * 100) / 100;
}
