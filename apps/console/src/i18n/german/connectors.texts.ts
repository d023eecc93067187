import type { connectorTexts as english } from '../../connectors/connectors.texts.js';
import type { Translated } from '../translation.types.js';

export const germanConnectors: Translated<typeof english> = {
  about: 'Jede Sitzung läuft auf genau einem Connector. Edges bedienen Clients und diese Seite.',
  none: 'Es läuft kein Connector',
  noneHint:
    'Sitzungen verbinden sich nur mit WhatsApp, solange ein Connector läuft. Einen mit demselben NATS und demselben Schlüssel starten.',
  columns: {
    connector: 'Connector',
    edge: 'Edge',
    state: 'Zustand',
    version: 'Version',
    sessions: 'Sitzungen',
    memory: 'Speicher',
    cpu: 'Prozessor',
    startedAt: 'Läuft seit'
  },
  states: { ready: 'Bereit', draining: 'Wird beendet', lost: 'Verloren' },
  lostHint: 'Er antwortet nicht mehr. Andere Connectors übernehmen seine Sitzungen.',
  unknown: 'Unbekannt',
  memoryOf: '{{used}} von {{limit}}',
  unfold: 'Sitzungen von {{connector}}',
  noSessions: 'Auf diesem Connector läuft gerade keine Sitzung.',
  versions: {
    title: 'Es läuft mehr als eine Version von Wabus',
    text: 'Während eines Upgrades ist das normal. Andernfalls die älteren Prozesse ersetzen.',
    earlier: 'Eine frühere Version',
    edges_one: '{{count}} Edge',
    edges_other: '{{count}} Edges'
  },
  edges: 'Edges',
  answering: 'liefert diese Seite',
  unowned: 'Ohne Connector',
  session: 'Sitzung',
  state: 'Zustand',
  epoch: 'Epoche',
  since: 'Stand'
};
