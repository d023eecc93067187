import type { pairingTexts as english } from '../../pairing/pairing.texts.js';
import type { Translated } from '../translation.types.js';

const SCAN_AGAIN = 'Den neuen QR-Code scannen, um es erneut zu versuchen.';

export const germanPairing: Translated<typeof english> = {
  title: 'Telefon verknüpfen',
  byQr: 'QR-Code',
  byCode: 'Kopplungscode',
  steps: 'Auf dem Telefon: WhatsApp, Einstellungen, Verknüpfte Geräte, Gerät hinzufügen. Dann die Kamera hierher richten.',
  codeSteps:
    'Auf dem Telefon: WhatsApp, Einstellungen, Verknüpfte Geräte, Gerät hinzufügen, Stattdessen mit Telefonnummer verknüpfen. Dann den Code eingeben.',
  qrAlt: 'QR-Code zum Verknüpfen von {{session}}',
  validFor: '{{seconds}} s gültig; der nächste folgt automatisch',
  attempt: 'Code Nr. {{attempt}}',
  wait: 'Warten auf einen Code von WhatsApp',
  phone: 'Telefonnummer des Kontos',
  phoneHint: 'Mit Landesvorwahl',
  askCode: 'Code anfordern',
  codeLabel: 'Kopplungscode',
  issued: 'Ausgestellt: {{at}}',
  another: 'Andere Nummer',
  notYours: 'Dieses Token darf keine Codes sehen, die ein Konto verknüpfen: Ihm fehlt die Berechtigung „control“.',
  linked: 'Verknüpft mit {{account}}',
  passkey: {
    asked: 'WhatsApp fragt nach dem Passkey dieses Kontos',
    why: 'Nur eine Seite von WhatsApp kann den Passkey verwenden, in einem Browser, der ihn hat, oder in der Nähe eines Telefons, das ihn hat.',
    left: 'Noch {{minutes}}:{{seconds}}',
    byExtension: 'Mit der Browser-Erweiterung',
    extensionSteps:
      'Bei geöffneter Seite auf das Symbol der Erweiterung klicken, dann auf Start. Diese einmalige Adresse lässt sich auch in die Erweiterung kopieren, hier oder auf einem anderen Rechner.',
    address: 'Einmalige Adresse',
    addressHint: 'Wer sie hat, kann diese Verknüpfung abschließen oder abbrechen, sonst nichts.',
    byDevTools: 'Mit den Entwicklerwerkzeugen',
    openWhatsApp: 'web.whatsapp.com öffnen',
    openHint: 'In diesem Browser, in einem neuen Tab. Eine Anmeldung dort ist nicht nötig.',
    paste:
      'F12 drücken, den Tab „Konsole“ wählen, diese Zeile einfügen und die Eingabetaste drücken. Falls der Browser danach fragt, zuerst „allow pasting“ eingeben.',
    line: 'Zeile für die Konsole',
    answer: 'Ausgabe der Zeile',
    answerHint: 'Sie beginnt mit {"id": und ist bereits kopiert: hier einfügen.',
    notTheAnswer: 'Das ist nicht die Ausgabe der Zeile. Sie beginnt mit {"id": und endet mit }}.',
    send: 'An WhatsApp senden',
    sending: 'Die Signatur wird an WhatsApp gesendet',
    phone: 'Auf dem Telefon fortfahren',
    phoneHint: 'WhatsApp hat die Signatur. Das Telefon fragt, ob es weitergehen soll.',
    compare: 'Zeigt das Telefon diesen Code?',
    compareHint: 'Zeigt es einen anderen, verknüpft vielleicht gerade jemand anderes ein Gerät.',
    codeLabel: 'Code zum Vergleichen',
    equal: 'Stimmt überein',
    differs: 'Stimmt nicht überein',
    finishing: 'Das Telefon verknüpft das Gerät',
    cancel: 'Verknüpfung abbrechen',
    failed: 'Die Verknüpfung per Passkey ist fehlgeschlagen',
    refusal: 'WhatsApp antwortete mit dem Code {{statusCode}}.',
    failures: {
      'no-options': { happened: 'WhatsApp fragte nach dem Passkey, sagte aber nicht, was zu signieren ist.', remedy: SCAN_AGAIN },
      refused: {
        happened: 'WhatsApp hat die Verknüpfung abgelehnt.',
        remedy:
          'Den neuen QR-Code scannen, um es erneut zu versuchen. Nach mehreren Fehlschlägen eine Stunde warten: WhatsApp begrenzt die Versuche.'
      },
      'no-answer': { happened: 'WhatsApp hat nicht rechtzeitig geantwortet.', remedy: SCAN_AGAIN },
      'phone-did-not-continue': {
        happened: 'WhatsApp hat den Passkey angenommen, aber das Telefon hat nicht fortgefahren.',
        remedy:
          'Auf dem Telefon nach einer Frage sehen. Hat das Konto seine Höchstzahl an Geräten erreicht, ein verknüpftes Gerät entfernen. Eine Stunde warten, dann den neuen QR-Code scannen.'
      },
      'invalid-answer': { happened: 'Das Telefon hat eine ungültige Antwort gesendet.', remedy: SCAN_AGAIN },
      'code-differs': {
        happened: 'Die Codes stimmen nicht überein, daher wurde nichts verknüpft.',
        remedy:
          'Vielleicht verknüpft gerade jemand anderes ein Gerät. Auf dem Telefon die verknüpften Geräte prüfen, dann den neuen QR-Code scannen.'
      },
      'not-finished': { happened: 'Das Telefon hat die Verknüpfung nicht rechtzeitig abgeschlossen.', remedy: SCAN_AGAIN },
      'connection-lost': { happened: 'Die Verbindung zu WhatsApp ist abgebrochen.', remedy: SCAN_AGAIN }
    }
  }
};
