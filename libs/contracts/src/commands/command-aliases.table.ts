import type { CommandName } from './command-catalog.js';

/** Other names of commands: those of Baileys' own documents, past and present. */
export const COMMAND_ALIASES: Readonly<Record<string, CommandName>> = {
  connect: 'startSession',
  end: 'stopSession',
  logout: 'logoutSession',
  subscribeToNewsLetter: 'newsletterFollow',
  unsubscribeToNewsLetter: 'newsletterUnfollow'
};

/** What Baileys could once do and WhatsApp no longer offers: what to use instead. */
export const OUTDATED_COMMANDS: Readonly<Record<string, string>> = {
  requestRegistrationCode:
    'Accounts can no longer be registered through a linked device. Register the number on a phone, then link it with getQr or requestPairingCode.'
};
