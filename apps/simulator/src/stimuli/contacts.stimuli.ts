import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { pictureNotification } from '../iq/picture-iq.handler.js';
import { mediaFilesOf } from '../media/media-files.js';
import { element } from '../stanza/stanza.js';
import { onePixelPng, provokedBy } from './stimulus.js';

/** Stimuli for the address book and the data that contacts publish about themselves. */
export const contactStimuli = {
  'contacts.upsert': provokedBy('the owner saves the contact in the address book of the phone', async ({ world, account, contact }) => {
    const names = { fullName: contact.name, firstName: contact.name.split(' ')[0] };
    await mutateFromPhone(world, account, {
      collection: 'critical_unblock_low',
      ...(contact.hidesNumber
        ? { index: ['lid_contact', contact.jid('lid')], action: { lidContactAction: { ...names, username: contact.username } } }
        : { index: ['contact', contact.jid('pn')], action: { contactAction: { ...names, lidJid: contact.jid('lid') } } })
    });
    return `contacts.upsert carries ${contact.shownJid()}`;
  }),
  'contacts.update': provokedBy('the contact changes the profile picture', ({ world, account, contact }) => {
    contact.pictureId = mediaFilesOf(world).store.put(onePixelPng());
    world.deliverToAll(account, pictureNotification(contact, contact));
    return `contacts.update carries imgUrl of ${contact.shownJid()}`;
  }),
  'lid-mapping.update': provokedBy(
    "the phone learns which phone number is behind the contact's LID",
    async ({ world, account, contact }) => {
      await mutateFromPhone(world, account, {
        collection: 'regular',
        index: ['pnForLidChat', contact.jid('lid')],
        action: { pnForLidChatAction: { pnJid: contact.jid('pn') } }
      });
      return `lid-mapping.update pairs ${contact.jid('lid')} with ${contact.jid('pn')}`;
    }
  ),
  'presence.update': provokedBy('the contact comes online; devices that are offline miss it', ({ world, account, contact }) => {
    contact.presence = 'available';
    world.pushToAll(account, element('presence', { from: contact.shownJid(world.addressingTo(account)) }));
    return `presence.update says that ${contact.shownJid(world.addressingTo(account))} is available`;
  })
};
