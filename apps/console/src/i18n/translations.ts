import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './english.js';

/** Another language is another resource of the shape of `english`, chosen by the browser's languages. */
export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: english } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false }
  });
}
