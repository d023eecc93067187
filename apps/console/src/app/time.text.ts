import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Times as people of this language write them: the time alone for today, else with the day. */
export function useTimeText(): (iso: string | null | undefined) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    iso => {
      if (iso === null || iso === undefined) return t('app.never');
      const date = new Date(iso);
      const today = new Date().toDateString() === date.toDateString();
      const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
      return new Intl.DateTimeFormat(localeFor(i18n.language), today ? time : { dateStyle: 'medium', timeStyle: 'short' }).format(date);
    },
    [i18n.language, t]
  );
}

/** The language of the page as it is written where the reader is: 24 hours in Britain, twelve in America. */
function localeFor(language: string): string {
  return navigator.languages.find(one => one === language || one.startsWith(`${language}-`)) ?? language;
}
