import type { connectorTexts as english } from '../../connectors/connectors.texts.js';
import type { Translated } from '../translation.types.js';

export const germanConnectors: Translated<typeof english> = {
  about: 'Jede Sitzung läuft auf genau einem Connector. Ein Connector ohne Sitzung wird nicht aufgeführt.',
  none: 'Kein Connector hat eine Sitzung',
  noneHint: 'Eine Sitzung starten: Ein Connector übernimmt sie innerhalb von Sekunden.',
  unowned: 'Ohne Connector',
  count_one: '{{count}} Sitzung',
  count_other: '{{count}} Sitzungen',
  session: 'Sitzung',
  state: 'Zustand',
  epoch: 'Epoche',
  since: 'Stand'
};
