/** Values over time, oldest first; `null` for unknown values. */
export type ChartValues = readonly (number | null)[];

/** The text alternative of a line. */
export interface LineFacts {
  /** The newest value; `null` if it is unknown. */
  readonly last: number | null;
  readonly least: number;
  readonly most: number;
}

/** Returns `null` for a line without any known value. */
export function lineFactsOf(values: ChartValues): LineFacts | null {
  const known = values.filter(value => value !== null);
  if (known.length === 0) return null;
  return { last: values.at(-1) ?? null, least: Math.min(...known), most: Math.max(...known) };
}

/**
 * Returns the value at the top of a chart: its limit if no value exceeds it, otherwise 1, 2 or 5 times a power of ten that no value exceeds.
 */
export function topOf(lines: readonly ChartValues[], limit: number | null): number {
  const most = Math.max(0, ...lines.flat().map(value => value ?? 0));
  if (limit !== null && limit >= most && limit > 0) return limit;
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5].find(step => step * power >= most) ?? 10) * power;
}

/** Returns the line as the `d` of a path in a drawing of this size, with the newest value on the right. The line has gaps at unknown values. */
export function pathOf(values: ChartValues, top: number, { width, height }: { readonly width: number; readonly height: number }): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, index) => {
      if (value === null) return '';
      const point = `${short(index * step)} ${short(height - (value / top) * height)}`;
      const begins = (values[index - 1] ?? null) === null;
      // An isolated value is drawn as a dot, because browsers do not draw a line without length.
      return begins ? `M${point}${(values[index + 1] ?? null) === null ? 'h1' : ''}` : `L${point}`;
    })
    .join('');
}

function short(length: number): number {
  return Math.round(length * 100) / 100;
}
