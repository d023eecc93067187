import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from './language.table.js';

/** The language to show: the one that was chosen, else the first of the browser's that the console has. Regions do not matter: `pt-PT` gets `pt-BR`. */
export function languageToShow(chosen: string | null, preferred: readonly string[]): Language {
  for (const wanted of chosen === null ? preferred : [chosen, ...preferred]) {
    const found = LANGUAGES.find(({ code }) => baseOf(code) === baseOf(wanted));
    if (found !== undefined) return found.code;
  }
  return DEFAULT_LANGUAGE;
}

/** The locale for dates and numbers in this language: the reader's own region where the browser names it, such as `es-MX`. */
export function localeOf(language: string, preferred: readonly string[]): string {
  return preferred.find(one => baseOf(one) === baseOf(language)) ?? language;
}

function baseOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}
