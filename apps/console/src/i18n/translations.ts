import i18next, { type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { appTexts } from '../app/app.texts.js';
import { loginTexts } from '../login/login.texts.js';
import { noticeTexts } from '../notices/notices.texts.js';
import { keptLanguage } from './kept-language.store.js';
import { languageTexts } from './language.texts.js';
import { languageToShow, localeOf } from './language.policy.js';
import { DEFAULT_LANGUAGE, type Language } from './language.table.js';
import { withManyForms } from './plural-forms.policy.js';
import type { Translation } from './translation.types.js';

/** Each translation is a separate file, loaded when the user reads that language. */
const TRANSLATIONS: Record<Exclude<Language, 'en'>, () => Promise<Translation>> = {
  'pt-BR': async () => (await import('./portuguese.js')).portuguese,
  es: async () => (await import('./spanish.js')).spanish,
  de: async () => (await import('./german.js')).german
};

/** Counts are formatted for the reader's locale: 1,234 or 1.234. */
const NUMBERS: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, format, language, options) =>
    typeof value === 'number' && (format === 'number' || options?.['interpolationkey'] === 'count')
      ? new Intl.NumberFormat(readersLocale(language)).format(value)
      : (value as string)
};

/** Shows the console in the language that was last chosen here, otherwise in one of the browser's languages. `page-texts.ts` adds the English texts of the pages later. */
export async function startTranslations(): Promise<void> {
  i18next.on('languageChanged', language => (document.documentElement.lang = language));
  await i18next
    .use(NUMBERS)
    .use(initReactI18next)
    .init({
      resources: { en: { translation: { app: appTexts, language: languageTexts, login: loginTexts, notices: noticeTexts } } },
      lng: DEFAULT_LANGUAGE,
      fallbackLng: DEFAULT_LANGUAGE,
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnNull: false
    });
  await showLanguage(languageToShow(keptLanguage.read(), navigator.languages));
}

/** Chooses a language, and remembers it for later visits. */
export async function chooseLanguage(language: Language): Promise<void> {
  keptLanguage.keep(language);
  await showLanguage(language);
}

/** Returns the locale for dates and numbers in the shown language. */
export function readersLocale(language: string = i18next.language): string {
  return localeOf(language, navigator.languages);
}

async function showLanguage(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    try {
      i18next.addResourceBundle(language, 'translation', withManyForms(await TRANSLATIONS[language]()));
    } catch {
      // The file is missing, for example after an upgrade: keep showing the current language.
      return;
    }
  }
  await i18next.changeLanguage(language);
}
