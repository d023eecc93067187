import { proto } from '@whiskeysockets/baileys';
import type { Addressing } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import { formatJid } from '../accounts/jid.js';
import type { Group } from '../accounts/group.js';

type Attributes = Record<string, string>;

/**
 * Returns `from` of a one-to-one message, and the author's other jid, which saves the receiver a look-up.
 * `device` 0 is the phone. There is no `addressing_mode` (whatsmeow PR 855). A LID may come without
 * the number (whatsmeow 1014); which messages lack it is not known, here those of linked devices do.
 */
export function authorAttributes(author: Account, addressing: Addressing, device = 0): Attributes {
  const shown = author.hidesNumber ? 'lid' : addressing;
  const from = formatJid(author.user(shown), shown, device);
  return shown === 'lid'
    ? { from, ...(device === 0 ? numberAs('sender_pn', author) : {}), ...nameAs('sender_username', author) }
    : { from, sender_lid: author.jid('lid') };
}

/** Returns `from`, `participant` and the author's other jid of a message in a group. */
export function groupAuthorAttributes(group: Pick<Group, 'jid' | 'addressing'>, author: Account, device = 0): Attributes {
  const participant = formatJid(author.user(group.addressing), group.addressing, device);
  return group.addressing === 'lid'
    ? {
        from: group.jid,
        participant,
        addressing_mode: 'lid',
        ...numberAs('participant_pn', author),
        ...nameAs('participant_username', author)
      }
    : { from: group.jid, participant, addressing_mode: 'pn', participant_lid: author.jid('lid') };
}

/** The chat of status posts. */
export const STATUS_BROADCAST = 'status@broadcast';

/** Returns `from`, `participant` and the author's other jid of a status post. */
export function statusAuthorAttributes(author: Account, device = 0): Attributes {
  const shown = author.hidesNumber ? 'lid' : 'pn';
  return { from: STATUS_BROADCAST, participant: formatJid(author.user(shown), shown, device), participant_lid: author.jid('lid') };
}

/**
 * Returns the attributes of the copy for the author's own other devices: it comes from the author,
 * `recipient` contains the chat, and `peer_recipient_…` its other jid (whatsmeow message.go).
 */
export function ownCopyAttributes(author: Account, recipient: Account, addressing: Addressing, device = 0): Attributes {
  return {
    from: formatJid(author.user(addressing), addressing, device),
    recipient: recipient.shownJid(addressing),
    ...(addressing === 'lid' || recipient.hidesNumber
      ? {
          ...numberAs('peer_recipient_pn', recipient),
          ...nameAs('recipient_username', recipient),
          ...nameAs('peer_recipient_username', recipient)
        }
      : { peer_recipient_lid: recipient.jid('lid') })
  };
}

/** Returns the number that accompanies a LID: never present for an account that hides it (whatsmeow 1192). */
function numberAs(attribute: string, account: Account): Attributes {
  return account.shownNumber === undefined ? {} : { [attribute]: account.shownNumber };
}

/** Returns the username that accompanies a LID. */
function nameAs(attribute: string, account: Account): Attributes {
  return account.username === undefined ? {} : { [attribute]: account.username };
}

const { EVENT_EDIT } = proto.Message.SecretEncryptedMessage.SecretEncType;

/** Returns the `type` attribute for a message: clients choose it by content (whatsapp-rust send/classify.rs, after WhatsApp Web). */
export function stanzaType(message: proto.IMessage): string {
  if (message.reactionMessage ?? message.encReactionMessage) return 'reaction';
  if (message.pollCreationMessage ?? message.pollCreationMessageV2 ?? message.pollCreationMessageV3) return 'poll';
  if (message.pollCreationMessageV4 ?? message.pollCreationMessageV5 ?? message.pollUpdateMessage) return 'poll';
  if (message.eventMessage ?? message.encEventResponseMessage) return 'event';
  if (message.secretEncryptedMessage?.secretEncType === EVENT_EDIT) return 'event';
  if (message.imageMessage ?? message.videoMessage ?? message.audioMessage ?? message.documentMessage ?? message.stickerMessage)
    return 'media';
  return 'text';
}
