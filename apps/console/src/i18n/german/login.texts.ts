import type { loginTexts as english } from '../../login/login.texts.js';
import type { Translated } from '../translation.types.js';

export const germanLogin: Translated<typeof english> = {
  title: 'Bei Wabus anmelden',
  subtitle: 'WhatsApp-Konten als Event-Bus',
  token: 'Zugriffstoken',
  tokenHint: 'Wird nur in diesem Tab gespeichert, bis er geschlossen wird.',
  show: 'Token ein- oder ausblenden',
  submit: 'Anmelden',
  checking: 'Token wird geprüft',
  where: 'Mit <code>npm start</code> liegt das erste Token in <code>.wabus/access-token</code>.',
  docs: 'HTTP-Dokumentation',
  refused: 'Das Edge kennt dieses Token nicht, oder es ist abgelaufen.',
  ended: 'Das Token ist nicht mehr gültig: Es wurde widerrufen oder ist abgelaufen. Bitte mit einem anderen anmelden.'
};
