import type { jsonTexts as english } from '../../json/json.texts.js';
import type { Translated } from '../translation.types.js';

export const germanJson: Translated<typeof english> = {
  expand: 'Alle aufklappen',
  collapse: 'Alle zuklappen',
  items_one: '{{count}} Element',
  items_other: '{{count}} Elemente',
  fields_one: '{{count}} Feld',
  fields_other: '{{count}} Felder',
  more: '{{count}} weitere: kopieren, um alle zu erhalten',
  cut: 'gekürzt: insgesamt {{count}} Zeichen'
};
