/** The languages of the console, each with its own name. The codes are BCP 47. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'pt-BR', name: 'Português (Brasil)' },
  { code: 'es', name: 'Español' },
  { code: 'de', name: 'Deutsch' }
] as const;

export type Language = (typeof LANGUAGES)[number]['code'];

/** The language if no other one fits. */
export const DEFAULT_LANGUAGE: Language = 'en';
