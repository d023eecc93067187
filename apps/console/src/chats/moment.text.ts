import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readersLocale } from '../i18n/translations.js';
import { daysBack } from './day.policy.js';

interface MomentTexts {
  /** Hour and minute. */
  readonly clock: (seconds: number) => string;
  /** Today, yesterday, or the date. */
  readonly day: (seconds: number) => string;
  /** The time for today, otherwise the short date. */
  readonly short: (seconds: number) => string;
}

const WEEK = 7;

/** Formats the times of messages (seconds since 1970) for the reader's locale. */
export function useMomentText(): MomentTexts {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const locale = readersLocale(i18n.language);
    const clockFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    const longDay = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
    const shortDay = new Intl.DateTimeFormat(locale, { dateStyle: 'short' });
    const clock = (seconds: number): string => clockFormat.format(dateOf(seconds));
    const day = (seconds: number): string => {
      const back = daysBack(dateOf(seconds), new Date());
      return capital(back === 0 || back === 1 ? relative.format(-back, 'day') : longDay.format(dateOf(seconds)), locale);
    };
    const short = (seconds: number): string => {
      const back = daysBack(dateOf(seconds), new Date());
      if (back === 0) return clock(seconds);
      if (back === 1) return capital(relative.format(-1, 'day'), locale);
      return (back > 1 && back < WEEK ? weekday : shortDay).format(dateOf(seconds));
    };
    return { clock, day, short };
  }, [i18n.language]);
}

const dateOf = (seconds: number): Date => new Date(seconds * 1_000);

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
