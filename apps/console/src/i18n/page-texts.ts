import i18next from 'i18next';
import { sessionTexts } from '../sessions/sessions.texts.js';

/** Adds the texts of the list of sessions to those of the login. */
export function addFirstTexts(): void {
  i18next.addResourceBundle('en', 'translation', { sessions: sessionTexts }, true, true);
}

/** Loads the texts of all pages, which are in a separate file, and adds them. */
export async function addPageTexts(): Promise<void> {
  const { english } = await import('./english.js');
  i18next.addResourceBundle('en', 'translation', english, true, true);
}
