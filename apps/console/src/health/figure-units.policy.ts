export type FigureUnit = 'count' | 'seconds' | 'bytes';

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Formats a figure briefly for the locale: `1.2 MB`, `34 ms`. */
export function figureText(locale: string, unit: FigureUnit, value: number): string {
  switch (unit) {
    case 'count':
      return written(locale, value, {});
    case 'seconds':
      return value < 1 ? inUnit(locale, value * 1_000, 'millisecond') : inUnit(locale, value, 'second');
    case 'bytes': {
      const step = Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
      return inUnit(locale, value / 1_000 ** step, BYTE_UNITS[step]!);
    }
  }
}

/** Formats a share from 0 to 1. */
export function shareText(locale: string, share: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);
}

function inUnit(locale: string, value: number, unit: string): string {
  return written(locale, value, { style: 'unit', unit, unitDisplay: 'short' });
}

function written(locale: string, value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale, { ...options, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
