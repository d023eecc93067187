import type { healthTexts as english } from '../../health/health.texts.js';
import type { Translated } from '../translation.types.js';

export const germanHealth: Translated<typeof english> = {
  about: 'Der Zustand des Edge unter {{host}}.',
  live: 'Live-Ereignisse',
  checks: { process: 'Prozess', broker: 'Message-Broker', 'read-models': 'Lesemodelle' },
  sessions_one: '{{count}} Sitzung',
  sessions_other: '{{count}} Sitzungen',
  checked: 'Geprüft: {{at}}; alle drei Sekunden erneut.',
  version: 'Wabus-Version {{version}}.',
  charts: {
    heading: 'Die letzten 15 Minuten dieses Edge',
    waiting: 'Die Diagramme erscheinen nach einigen Sekunden.',
    titles: {
      rates: 'Verkehr pro Minute',
      times: 'Mittlere Dauer',
      backlogs: 'Wartende Ereignisse',
      memory: 'Speicher des Edge',
      log: 'Größe des Ereignislogs'
    },
    lines: {
      messages: 'Nachrichtenereignisse',
      commands: 'Ausgeführte Befehle',
      deliveryTime: 'Zustellungen an Webhooks',
      commandTime: 'Befehle',
      webhooks: 'Für Webhooks',
      models: 'Für Lesemodelle',
      memory: 'Belegter Speicher',
      log: 'Gespeicherte Ereignisse'
    },
    summary: '{{line}}: jetzt {{last}}, {{least}} bis {{most}}.',
    past: '{{line}}: jetzt nichts, zuvor {{least}} bis {{most}}.',
    none: '{{line}}: noch keine Daten.',
    limit: '{{share}} des Limits von {{limit}}.'
  }
};
