import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from './language.table.js';

/**
 * Returns the language to show: the chosen one, otherwise the first of the browser's languages that the console has. Regions are ignored:
 * `pt-PT` gets `pt-BR`.
 */
export function languageToShow(chosen: string | null, preferred: readonly string[]): Language {
  for (const wanted of chosen === null ? preferred : [chosen, ...preferred]) {
    const found = LANGUAGES.find(({ code }) => baseOf(code) === baseOf(wanted));
    if (found !== undefined) return found.code;
  }
  return DEFAULT_LANGUAGE;
}

/** Returns the locale for dates and numbers in this language: with the reader's region if the browser reports it, such as `es-MX`. */
export function localeOf(language: string, preferred: readonly string[]): string {
  return preferred.find(one => baseOf(one) === baseOf(language)) ?? language;
}

function baseOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}
