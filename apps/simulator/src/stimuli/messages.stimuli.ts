import { phoneSenderOf } from '../messages/phone-sender.js';
import { generateMessageIDV2 } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { encryptMediaRetry } from '../media/media-encryption.codec.js';
import { mediaFilesOf } from '../media/media-files.js';
import { element } from '../stanza/stanza.js';
import { onePixelPng, provokedBy } from './stimulus.js';

/** Stimuli for messages and their outcomes. */
export const messageStimuli = {
  'messages.upsert': provokedBy('the contact writes a text', async ({ world, account, contact }) => {
    const id = await phoneSenderOf(world).send({ from: contact, to: account, message: { conversation: `Hello from ${contact.name}` } });
    return `the message is ${id}`;
  }),
  'messages.update': provokedBy('the contact reads a message of the account', ({ world, account, contact }) => {
    const id = lastMessage(contact, account) ?? generateMessageIDV2();
    world.deliverToAll(account, element('receipt', { from: contact.shownJid(world.addressingTo(account)), id, type: 'read' }));
    return `message ${id} has status READ`;
  }),
  'messages.delete': provokedBy('the owner deletes a message for themselves on the phone', async ({ world, account, contact }) => {
    const id = lastMessage(account, contact) ?? generateMessageIDV2();
    await mutateFromPhone(world, account, {
      collection: 'regular_high',
      index: ['deleteMessageForMe', contact.shownJid(), id, '0', '0'],
      action: { deleteMessageForMeAction: { deleteMedia: false, messageTimestamp: Math.floor(Date.now() / 1000) } }
    });
    return `messages.delete names ${id}`;
  }),
  'messages.reaction': provokedBy('the contact reacts to a message of the account with a thumb', async ({ world, account, contact }) => {
    const id = lastMessage(contact, account) ?? generateMessageIDV2();
    const key = { remoteJid: account.jid(world.addressingTo(account)), fromMe: false, id };
    await phoneSenderOf(world).send({
      from: contact,
      to: account,
      message: { reactionMessage: { key, text: '👍', senderTimestampMs: Date.now() } }
    });
    return `the reaction is to ${id}`;
  }),
  'messages.media-update': provokedBy('the phone has uploaded the file of an old message again', async ({ world, account, contact }) => {
    const { mediaKey, url } = await mediaFilesOf(world).storeMedia(onePixelPng(), 'image');
    const id = generateMessageIDV2();
    const { ciphertext, iv } = encryptMediaRetry(id, new URL(url).pathname, mediaKey);
    const encrypt = element('encrypt', {}, [element('enc_p', {}, ciphertext), element('enc_iv', {}, iv)]);
    const message = element('rmr', { jid: contact.shownJid(), from_me: 'false' });
    world.deliverToAll(account, element('notification', { from: account.jid(), type: 'mediaretry', id }, [encrypt, message]));
    return `the message is ${id}`;
  }),
  'message-receipt.update': provokedBy(
    'the contact reads a message that the account wrote to the group',
    ({ world, account, contact, group }) => {
      const id = lastMessage(contact, account, group.jid) ?? generateMessageIDV2();
      const participant = contact.jid(group.addressing);
      world.deliverToAll(account, element('receipt', { from: group.jid, participant, id, type: 'read' }));
      return `message-receipt.update names ${participant} for ${id}`;
    }
  )
};

/** Returns the id of the last message of `author` on the reader's phone, one-to-one unless a group is given. */
function lastMessage(reader: Account, author: Account, groupJid?: string): string | undefined {
  return reader.received.findLast(
    ({ from, chat }) => from === author.jid('pn') && (groupJid === undefined ? !chat.endsWith('@g.us') : chat === groupJid)
  )?.id;
}
