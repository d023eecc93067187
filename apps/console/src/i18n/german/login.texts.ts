import type { loginTexts as english } from '../../login/login.texts.js';
import type { Translated } from '../translation.types.js';

export const germanLogin: Translated<typeof english> = {
  title: 'Bei Wabus anmelden',
  subtitle: 'WhatsApp-Konten als Event-Bus',
  token: 'Zugriffstoken',
  tokenHint: 'Die Seite speichert es nicht: Der Browser bekommt stattdessen eine Anmeldung.',
  show: 'Token ein- oder ausblenden',
  remember: 'Angemeldet bleiben',
  rememberHint: '30 Tage auf diesem Gerät. Sonst bis zum Schließen des Browsers, höchstens 12 Stunden.',
  submit: 'Anmelden',
  where: '`npm start` gibt einen Link aus, der dich anmeldet. Das Token dazu liegt in `.wabus/access-token`.',
  docs: 'HTTP-Dokumentation',
  refused: 'Das Edge kennt dieses Token nicht, oder es ist abgelaufen.',
  codeRefused:
    'Dieser Link wurde schon benutzt oder ist älter als 10 Minuten. Melde dich mit einem Token an oder starte Wabus neu, um einen neuen Link zu bekommen.',
  ended: 'Deine Anmeldung ist beendet: Sie ist abgelaufen, oder sie oder ihr Token wurde widerrufen.'
};
