import type { languageTexts as english } from '../language.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseLanguage: Translated<typeof english> = {
  choose: 'Idioma'
};
