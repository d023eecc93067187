import type { connectorTexts as english } from '../../connectors/connectors.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishConnectors: Translated<typeof english> = {
  about: 'Cada sesión la gestiona exactamente un connector. Un connector sin sesiones no aparece en la lista.',
  none: 'Ningún connector tiene sesiones',
  noneHint: 'Inicia una sesión: un connector la asume en unos segundos.',
  unowned: 'Sin connector',
  count_one: '{{count}} sesión',
  count_other: '{{count}} sesiones',
  session: 'Sesión',
  state: 'Estado',
  epoch: 'Época',
  since: 'Estado actualizado'
};
