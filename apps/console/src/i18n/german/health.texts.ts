import type { healthTexts as english } from '../../health/health.texts.js';
import type { Translated } from '../translation.types.js';

export const germanHealth: Translated<typeof english> = {
  about: 'Der Zustand des Edge unter {{host}}.',
  live: 'Live-Ereignisse',
  checks: { process: 'Prozess', broker: 'Message-Broker', 'read-models': 'Lesemodelle' },
  sessions_one: '{{count}} Sitzung',
  sessions_other: '{{count}} Sitzungen',
  checked: 'Geprüft: {{at}}; alle drei Sekunden erneut.',
  version: 'Wabus-Version {{version}}.'
};
