import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { readersLocale } from '../i18n/translations.js';

/** Returns a function that formats times for the reader's locale: only the time for today, otherwise with the date. */
export function useTimeText(): (iso: string | null | undefined) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    iso => {
      if (iso === null || iso === undefined) return t('app.never');
      const date = new Date(iso);
      const today = new Date().toDateString() === date.toDateString();
      const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
      return new Intl.DateTimeFormat(readersLocale(i18n.language), today ? time : { dateStyle: 'medium', timeStyle: 'short' }).format(date);
    },
    [i18n.language, t]
  );
}
