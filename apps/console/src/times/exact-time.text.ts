/** Formats a time to the millisecond for the reader's locale, with the date unless it is today. */
export function exactTime(iso: string, language: string, now = new Date()): string {
  const date = new Date(iso);
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const;
  const isToday = now.toDateString() === date.toDateString();
  const day = { year: 'numeric', month: 'short', day: '2-digit' } as const;
  return new Intl.DateTimeFormat(localesFor(language), isToday ? clock : { ...day, ...clock }).format(date);
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000]
] as const;

/** Formats how far in the past or future a time is, in the largest unit that fits. */
export function relativeTime(iso: string, language: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  const [unit, ms] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? UNITS.at(-1)!;
  return new Intl.RelativeTimeFormat(localesFor(language), { numeric: 'auto' }).format(Math.round(distance / ms), unit);
}

/** Prefers the reader's regional variants of the language: 24-hour times in Britain, 12-hour times in America. */
function localesFor(language: string): string[] {
  const own = typeof navigator === 'undefined' ? [] : navigator.languages;
  return [...own.filter(one => one === language || one.startsWith(`${language}-`)), language];
}
