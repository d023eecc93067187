import type { sessionSettingTexts as english } from '../../session-settings/session-settings.texts.js';
import type { Translated } from '../translation.types.js';

export const germanSessionSettings: Translated<typeof english> = {
  overview: 'Übersicht',
  title: 'Einstellungen',
  readOnly: 'Dieses Token darf die Einstellungen lesen, aber nicht ändern: Ihm fehlt die Berechtigung „control“.',
  saved: 'Einstellungen gespeichert',
  due: 'Einige Änderungen gelten erst ab der nächsten Verbindung',
  dueHint: 'Version, Adressierung und Gerätename gelten, sobald sich die Sitzung neu verbindet.',
  restart: 'Jetzt neu starten',
  connection: 'Verbindung',
  ofConnector: 'Wie beim Connector',
  proxy: 'Proxy-Adresse',
  proxyHint:
    'Beginnt mit http://, https:// oder socks5://. Leer: der Proxy des Connectors, falls er einen hat. Eine laufende Sitzung verbindet sich sofort neu.',
  proxyUser: 'Benutzer des Proxys',
  proxyUserHint: 'Falls der Proxy eine Anmeldung verlangt. Bei einer neuen Adresse bitte erneut angeben.',
  proxyPassword: 'Passwort des Proxys',
  proxyPasswordHint: 'Wird verschlüsselt gespeichert und nie angezeigt. Sind Benutzer und Passwort leer, bleibt die Anmeldung unverändert.',
  showPassword: 'Passwort ein- oder ausblenden',
  stored: 'Gespeichert, nicht angezeigt',
  version: 'WhatsApp-Web-Version',
  versionHint: 'Drei Zahlen, etwa 2.3000.1027934701. WhatsApp lehnt unbekannte Versionen ab. Gilt ab der nächsten Verbindung.',
  addressing: 'Adressierung',
  addressingHint:
    'Wie Direktnachrichten adressiert werden. Bei einem falschen Wert lehnt WhatsApp sie ab. Gilt ab der nächsten Verbindung.',
  addressings: { auto: 'Wie WhatsApp es für das Konto verlangt', lid: 'Immer LIDs', pn: 'Immer Telefonnummern' },
  identity: 'Verknüpftes Gerät',
  os: 'Name auf dem Telefon',
  osHint: 'Das Telefon erfährt ihn beim Verknüpfen der Sitzung.',
  browser: 'Symbol',
  browserHint: 'WhatsApp zeigt das Symbol dieses Browsers.',
  browserVersion: 'Browser-Version',
  browserVersionHint: 'Beliebiger Text mit bis zu 64 Zeichen.',
  other: 'Passkeys und Chats',
  passkeyCode: 'Code beim Verknüpfen per Passkey',
  passkeyCodeHint: 'Wann jemand ihn mit dem Telefon vergleichen muss. Gilt ab der nächsten Verknüpfung.',
  codeRules: { auto: 'Vergleichen, wenn WhatsApp es verlangt', always: 'Immer vergleichen' },
  ignore: 'Chats ignorieren',
  ignoreHint: 'Ihre Nachrichten werden bestätigt, aber nicht entschlüsselt, und lösen keine Ereignisse aus. Gilt sofort.',
  kinds: { status: 'Statusmeldungen', groups: 'Gruppen und Communitys', channels: 'Kanäle', broadcasts: 'Broadcast-Listen' }
};
