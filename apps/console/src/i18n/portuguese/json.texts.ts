import type { jsonTexts as english } from '../../json/json.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseJson: Translated<typeof english> = {
  expand: 'Expandir tudo',
  collapse: 'Recolher tudo',
  items_one: '{{count}} elemento',
  items_other: '{{count}} elementos',
  fields_one: '{{count}} campo',
  fields_other: '{{count}} campos',
  more: 'mais {{count}}: copie para obter tudo',
  cut: 'cortado: {{count}} caracteres no total'
};
