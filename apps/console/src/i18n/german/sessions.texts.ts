import type { sessionTexts as english } from '../../sessions/sessions.texts.js';
import type { Translated } from '../translation.types.js';

export const germanSessions: Translated<typeof english> = {
  about: 'Jede Sitzung ist ein WhatsApp-Konto, verknüpft wie ein Gerät.',
  create: 'Neue Sitzung',
  createIt: 'Anlegen und verknüpfen',
  id: 'ID der Sitzung',
  idHint: 'Bezeichnet die Sitzung in Ereignissen, Befehlen und Adressen.',
  idWrong: '1 bis 64 Zeichen: A–Z, a–z, 0–9, _ und -',
  none: 'Noch keine Sitzungen',
  noneHint: 'Eine Sitzung anlegen und mit dem Telefon verknüpfen: per QR-Code oder Kopplungscode.',
  noneForYou: 'Dieses Token darf keine Sitzung verwenden.',
  gone: 'Es gibt keine Sitzung „{{session}}“',
  goneHint: 'Sie wurde gelöscht, oder dieses Token darf sie nicht verwenden.',
  notLinked: 'Mit keinem Konto verknüpft',
  scan: 'QR-Code scannen',
  traffic: '{{received}} empfangen · {{sent}} gesendet',
  search: 'Nach ID, Name oder Nummer suchen',
  sort: 'Sortierung',
  sorts: { trouble: 'Probleme zuerst', name: 'Nach ID', recent: 'Letzte Nachricht zuerst' },
  filter: 'Zustand',
  all: 'Alle · {{count}}',
  noMatch: 'Keine passende Sitzung.',
  select: '{{session}} auswählen',
  selectAll_one: '{{count}} Sitzung auswählen',
  selectAll_other: 'Alle {{count}} Sitzungen auswählen',
  bulk: {
    selected_one: '{{count}} Sitzung ausgewählt',
    selected_other: '{{count}} Sitzungen ausgewählt',
    clear: 'Auswahl aufheben',
    label: 'Fortschritt',
    progress: '{{done}} von {{all}} erledigt',
    failed_one: '{{count}} Sitzung fehlgeschlagen',
    failed_other: '{{count}} Sitzungen fehlgeschlagen',
    confirm: {
      stop_one: '{{count}} Sitzung stoppen?',
      stop_other: '{{count}} Sitzungen stoppen?',
      restart_one: '{{count}} Sitzung neu starten?',
      restart_other: '{{count}} Sitzungen neu starten?',
      text: 'Nachrichten, die inzwischen eingehen, kommen danach an.'
    }
  },
  more: 'Mehr für {{session}}',
  wishOf: '{{wish}}: {{session}}',
  deleting: 'Wird gelöscht',
  trouble: 'Nicht verbunden: {{reason}}, {{at}}',
  nextAttempt: 'Nächster Versuch: {{at}}.',
  looping: 'Seit {{at}} bricht die Verbindung immer wieder ab. Die Versuche gehen weiter, aber seltener.',
  restriction: {
    title: 'WhatsApp schränkt dieses Konto ein',
    until: 'Bis {{at}} kann es keine neuen Chats beginnen. Antworten an Personen, die ihm geschrieben haben, sind weiterhin möglich.',
    openEnd: 'Es kann vorerst keine neuen Chats beginnen. Antworten an Personen, die ihm geschrieben haben, sind weiterhin möglich.',
    newChats: 'Neue Chats: {{used}} von {{total}}',
    cycleEnd: 'Wird zurückgesetzt: {{at}}',
    label: 'Anteil der genutzten neuen Chats'
  },
  refusal: {
    until: 'WhatsApp lehnt dieses Konto bis {{at}} ab.',
    said: 'WhatsApp sagt: {{text}}',
    more: 'Was WhatsApp dazu sagt',
    restricted:
      'Das Konto war eingeschränkt, als WhatsApp die Verknüpfung dieses Geräts aufhob. Das Ende der Einschränkung ist nicht bekannt.',
    restrictedUntil: 'Als WhatsApp die Verknüpfung dieses Geräts aufhob, war das Konto bis {{at}} eingeschränkt.',
    appeal: 'WhatsApp hat eine Überprüfung angeboten: {{at}}. Das Token dafür steht in status.appeal von GET /api/sessions/{{session}}.',
    causes: {
      'too-many-people': 'Das Konto hat an zu viele Personen geschrieben, die es nicht als Kontakt haben.',
      'blocked-by-many': 'Zu viele Personen haben das Konto blockiert.',
      'too-many-groups': 'Das Konto hat zu viele Gruppen mit Personen erstellt, die es nicht als Kontakt haben.',
      'same-message': 'Das Konto hat dieselbe Nachricht zu oft gesendet.',
      'broadcast-list': 'Das Konto hat zu viele Nachrichten an eine Broadcast-Liste gesendet.'
    }
  },
  states: {
    stopped: 'Gestoppt',
    starting: 'Startet',
    connecting: 'Verbindet',
    pairing: 'Wird verknüpft',
    open: 'Verbunden',
    waiting: 'Verbindet erneut',
    'logged-out': 'Abgemeldet',
    failed: 'Fehlgeschlagen'
  },
  desired: { running: 'Läuft', stopped: 'Gestoppt', 'logged-out': 'Abgemeldet', deleted: 'Gelöscht' },
  wishes: { start: 'Starten', stop: 'Stoppen', restart: 'Neu starten', logout: 'Abmelden', delete: 'Löschen' },
  confirm: {
    start: { title: '{{session}} starten?', text: 'Die Sitzung verbindet sich mit WhatsApp.' },
    stop: {
      title: '{{session}} stoppen?',
      text: 'Die Verbindung wird geschlossen. Die Sitzung bleibt verknüpft; Nachrichten warten bei WhatsApp, bis sie wieder gestartet wird.'
    },
    restart: {
      title: '{{session}} neu starten?',
      text: 'Die Verbindung wird geschlossen und wieder geöffnet. Die Sitzung bleibt verknüpft.'
    },
    logout: {
      title: '{{session}} abmelden?',
      text: 'Die Verknüpfung des Geräts mit seinem Konto wird aufgehoben. Um die Sitzung wieder zu nutzen, muss sie neu verknüpft werden.'
    },
    delete: {
      title: '{{session}} löschen?',
      text: 'Die Verknüpfung des Geräts wird aufgehoben; seine Zugangsdaten, Einstellungen, Webhooks und bisherigen Ereignisse werden gelöscht.'
    }
  },
  facts: {
    linked: 'Konto',
    account: 'Telefonnummer',
    name: 'Anzeigename',
    platform: 'Plattform',
    life: 'Sitzung',
    connector: 'Läuft auf Connector',
    nobody: 'zurzeit auf keinem',
    epoch: 'Epoche',
    desired: 'Gewünschter Zustand',
    created: 'Angelegt',
    lastInbound: 'Letzte Daten von WhatsApp',
    lastMessage: 'Letzte empfangene Nachricht',
    clientVersion: 'WhatsApp-Web-Version',
    clientExpires: 'Von WhatsApp akzeptiert bis',
    unannounced: 'nicht angekündigt',
    snapshots: 'Sicherungen der Zugangsdaten',
    traffic: 'Datenverkehr',
    messagesIn: 'Empfangene Nachrichten',
    messagesOut: 'Gesendete Nachrichten',
    events: 'Veröffentlichte Ereignisse',
    opens: 'Aufgebaute Verbindungen',
    reconnects: 'Erneute Verbindungen'
  }
};
