const KEY = 'wabus.language';

/** The language that the user chose in this browser. */
export const keptLanguage = {
  read: (): string | null => localStorage.getItem(KEY),
  keep: (language: string): void => localStorage.setItem(KEY, language)
};
