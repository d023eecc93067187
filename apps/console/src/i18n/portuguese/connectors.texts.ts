import type { connectorTexts as english } from '../../connectors/connectors.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseConnectors: Translated<typeof english> = {
  about: 'Cada sessão é executada por exatamente um connector. Um connector sem sessões não aparece na lista.',
  none: 'Nenhum connector tem uma sessão',
  noneHint: 'Inicie uma sessão: um connector a assume em segundos.',
  unowned: 'Sem connector',
  count_one: '{{count}} sessão',
  count_other: '{{count}} sessões',
  session: 'Sessão',
  state: 'Estado',
  epoch: 'Época',
  since: 'Hora do status'
};
