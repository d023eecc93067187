import i18next from 'i18next';
import { english } from './english.js';

/** Adds the texts of the pages to those of the login. */
export function addPageTexts(): void {
  i18next.addResourceBundle('en', 'translation', english, true, true);
}
