import type { jsonTexts as english } from '../../json/json.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishJson: Translated<typeof english> = {
  expand: 'Expandir todo',
  collapse: 'Contraer todo',
  items_one: '{{count}} elemento',
  items_other: '{{count}} elementos',
  fields_one: '{{count}} campo',
  fields_other: '{{count}} campos',
  more: '{{count}} más: copia para obtenerlos todos',
  cut: 'recortado: {{count}} caracteres en total'
};
