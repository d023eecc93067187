import type { bringingTexts as english } from '../../bringing/bringing.texts.js';
import type { Translated } from '../translation.types.js';

export const germanBringing: Translated<typeof english> = {
  tab: 'Importieren',
  intro:
    'Übernimmt eine Sitzung, die in einem anderen Gateway verknüpft ist, ohne neuen QR-Code: den Ordner von Baileys, WAHA oder Evolution API, oder ein Archiv davon. Datenbanken werden über die Kommandozeile importiert.',
  stopped: 'Das alte Gateway ist gestoppt und wird mit dieser Sitzung nicht mehr gestartet',
  drop: 'Den Ordner oder ein zip oder tar davon hier ablegen',
  folder: 'Ordner auswählen',
  file: 'Datei auswählen',
  reading: 'Sitzung wird gelesen',
  sending: 'Wird hochgeladen: {{percent}} %',
  storing: 'Wird geprüft und gespeichert',
  unreadable: 'Das lässt sich nicht importieren',
  done: 'Importiert: {{records}} Datensätze'
};
