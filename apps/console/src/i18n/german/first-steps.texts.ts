import type { firstStepTexts as english } from '../../first-steps/first-steps.texts.js';
import type { Translated } from '../translation.types.js';

export const germanFirstSteps: Translated<typeof english> = {
  title: 'Erste Schritte',
  about: '{{done}} von {{all}} erledigt. Das Zugriffstoken in die Variable TOKEN schreiben.',
  done: 'Erledigt',
  open: 'Noch offen',
  steps: {
    link: {
      title: 'Telefon verknüpfen',
      text: 'Eine Sitzung anlegen, dann ihren QR-Code mit WhatsApp scannen: Einstellungen, Verknüpfte Geräte.'
    },
    send: { title: 'Nachricht senden', text: 'Auf der Seite „Chats“ oder mit einem Befehl. Dieser schreibt an dein eigenes Konto:' },
    connect: {
      title: 'Programm anbinden',
      text: 'Auf der Seite „Token“ ein Token dafür anlegen. Dieses Programm gibt jede Nachricht aus:'
    },
    webhook: {
      title: 'Webhook hinzufügen',
      text: 'Auf der Seite „Webhooks“ oder mit einem Befehl. Wabus sendet Nachrichten dann an deine Adresse:'
    }
  },
  toChats: 'Chats',
  toTokens: 'Token',
  toWebhooks: 'Webhooks',
  docs: 'HTTP-Dokumentation'
};
