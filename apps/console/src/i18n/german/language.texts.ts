import type { languageTexts as english } from '../language.texts.js';
import type { Translated } from '../translation.types.js';

export const germanLanguage: Translated<typeof english> = {
  choose: 'Sprache'
};
