/** A time to the millisecond, as people of this language write it; with the day unless it is today. */
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

/** How long ago a time is, or how far ahead, in the largest unit that fits. */
export function relativeTime(iso: string, language: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  const [unit, ms] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? UNITS.at(-1)!;
  return new Intl.RelativeTimeFormat(localesFor(language), { numeric: 'auto' }).format(Math.round(distance / ms), unit);
}

/** The reader's own variants of a language first: 24 hours in Britain, twelve in America. */
function localesFor(language: string): string[] {
  const own = typeof navigator === 'undefined' ? [] : navigator.languages;
  return [...own.filter(one => one === language || one.startsWith(`${language}-`)), language];
}
