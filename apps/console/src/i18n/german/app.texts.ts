import type { appTexts as english } from '../../app/app.texts.js';
import type { Translated } from '../translation.types.js';

export const germanApp: Translated<typeof english> = {
  skip: 'Zum Inhalt springen',
  menu: 'Menü',
  navigation: 'Hauptnavigation',
  light: 'Zum hellen Design wechseln',
  dark: 'Zum dunklen Design wechseln',
  signOut: 'Abmelden',
  token: 'Token {{id}}',
  account: 'Über diese Anmeldung',
  scopes: 'Berechtigungen',
  allSessions: 'alle Sitzungen',
  someSessions_one: '{{count}} Sitzung',
  someSessions_other: '{{count}} Sitzungen',
  expires: 'Läuft ab: {{at}}',
  documentation: 'Dokumentation',
  apiDocs: 'HTTP-Dokumentation',
  version: 'Wabus-Version {{version}}',
  liveHint: 'Ob Ereignisse sofort eintreffen. Verpasste werden nach einer erneuten Verbindung nachgeholt.',
  live: {
    connecting: 'Verbindet',
    live: 'Verbunden',
    offline: 'Verbindet erneut',
    refused: 'Keine Live-Ereignisse'
  },
  pages: {
    sessions: 'Sitzungen',
    chats: 'Chats',
    events: 'Ereignisse',
    webhooks: 'Webhooks',
    subscriptions: 'Abonnements',
    commands: 'Befehle',
    tokens: 'Token',
    connectors: 'Connectoren',
    health: 'Zustand'
  },
  notFound: 'Unter dieser Adresse gibt es nichts.',
  back: 'Zurück zu den Sitzungen',
  stale: 'Diese Seite konnte nicht geladen werden',
  staleHint: 'Das Edge hat vielleicht eine neue Version oder hat nicht geantwortet. Seite neu laden.',
  reload: 'Neu laden',
  copy: 'Kopieren',
  copied: 'Kopiert',
  notCopied: 'Der Browser erlaubt das Kopieren nicht. Markiere den Text und kopiere ihn.',
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  delete: 'Löschen',
  refresh: 'Aktualisieren',
  loading: 'Wird geladen',
  never: 'nie'
};
