import type { SocketCommand } from '@wabus/contracts';
import type { WAMessageKey } from '@whiskeysockets/baileys';
import type { RecipientResolver } from './recipient.resolver.js';

/**
 * Returns the arguments of a socket command with contacts addressed as this account addresses messages to them. This applies to typing and presence, which
 * phones do not show otherwise (OpenWA PR 717), and to receipts, which keep the given jid if the other jid is unknown. Throws like `resolve`.
 */
export async function addressedArguments(command: SocketCommand, args: unknown[], recipients: RecipientResolver): Promise<unknown[]> {
  switch (command) {
    case 'sendPresenceUpdate': {
      const [presence, chat] = args as [string, string | undefined];
      return chat === undefined ? args : [presence, (await recipients.resolve(chat)).jid];
    }
    case 'presenceSubscribe': {
      const [jid, ...rest] = args as [string, ...unknown[]];
      return [(await recipients.resolve(jid)).jid, ...rest];
    }
    case 'sendReceipt': {
      const [jid, ...rest] = args as [string, ...unknown[]];
      return [await recipients.known(jid), ...rest];
    }
    case 'readMessages':
    case 'sendReceipts': {
      const [keys, ...rest] = args as [WAMessageKey[], ...unknown[]];
      return [await Promise.all(keys.map(key => addressedKey(key, recipients))), ...rest];
    }
    default:
      return args;
  }
}

async function addressedKey(key: WAMessageKey & { participantAlt?: string }, recipients: RecipientResolver): Promise<WAMessageKey> {
  if (key.remoteJid === 'status@broadcast' && key.participant) await recipients.nameAuthor(key.participant, key.participantAlt);
  return key.remoteJid ? { ...key, remoteJid: await recipients.known(key.remoteJid) } : key;
}
