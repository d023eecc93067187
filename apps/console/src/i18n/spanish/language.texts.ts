import type { languageTexts as english } from '../language.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishLanguage: Translated<typeof english> = {
  choose: 'Idioma'
};
