import type { tokenTexts as english } from '../../tokens/tokens.texts.js';
import type { Translated } from '../translation.types.js';

export const germanTokens: Translated<typeof english> = {
  about: 'Mit Token greifen Programme und Personen auf dieses Edge zu. Token aus der Token-Datei werden hier nicht aufgeführt.',
  create: 'Neues Token',
  createIt: 'Anlegen',
  none: 'Hier wurden noch keine Token angelegt',
  noneHint: 'Für jedes Programm eines anlegen, nur mit den Berechtigungen, die es braucht. So lässt sich jedes einzeln widerrufen.',
  name: 'Bezeichnung',
  nameHint: 'Wofür oder für wen es ist.',
  scopes: 'Berechtigungen',
  permits: {
    read: 'Sitzungen, Ereignisse und Chats sehen',
    send: 'Nachrichten senden und Chats markieren',
    control: 'Sitzungen anlegen, verknüpfen, stoppen und löschen, auch Webhooks',
    admin: 'Alles, einschließlich Token und Connectoren'
  },
  sessions: 'Sitzungen',
  allSessions: 'alle Sitzungen',
  life: 'Läuft ab',
  forever: 'Nie',
  days_one: 'Nach {{count}} Tag',
  days_other: 'Nach {{count}} Tagen',
  created: 'angelegt von {{by}}: {{at}}',
  expires: 'läuft ab: {{at}}',
  used: 'zuletzt verwendet: {{at}}',
  secretTitle: 'Das Token „{{name}}“',
  secretHint: 'Es wird nur einmal angezeigt. Gespeichert wird nur sein Hash.',
  revoke: 'Widerrufen',
  revokeOf: '{{name}} widerrufen',
  revokeTitle: '„{{name}}“ widerrufen?',
  revokeText: 'Das Token wird ab sofort abgelehnt, und seine offenen Verbindungen werden geschlossen.',
  revoked: '„{{name}}“ wurde widerrufen',
  logins: 'Angemeldete Browser',
  loginsAbout: 'Eine Anmeldung darf, was ihr Token erlaubt, und endet mit ihm.',
  unknownBrowser: 'Unbekannter Browser',
  thisBrowser: 'dieser Browser',
  withToken: 'Token {{name}}',
  loggedIn: 'seit {{at}}',
  logOut: 'Abmelden',
  logOutOf: '{{name}} abmelden',
  loggedOut: '{{name}} wurde abgemeldet'
};
