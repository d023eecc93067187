import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { blocklistNotification } from '../iq/blocklist-iq.handler.js';
import { mexNotification } from './mex-notification.stanza.js';
import { neverEmitted, provokedBy } from './stimulus.builder.js';

/** The account's own settings and limits. */
export const accountStimuli = {
  'blocklist.set': neverEmitted('the installed Baileys declares this event but emits it nowhere; read the list with fetchBlocklist()'),
  'blocklist.update': provokedBy('the owner blocks the contact on the phone and thinks better of it', ({ world, account, contact }) => {
    world.deliverToAll(account, blocklistNotification(contact.jid('lid'), true));
    world.deliverToAll(account, blocklistNotification(contact.jid('lid'), false));
    account.blocklist.delete(contact.jid('lid'));
    return `blocklist.update adds and removes ${contact.jid('lid')}`;
  }),
  'settings.update': provokedBy('the owner chooses the 24-hour clock on the phone', async ({ world, account }) => {
    await mutateFromPhone(world, account, {
      collection: 'regular_low',
      index: ['time_format'],
      action: { timeFormatAction: { isTwentyFourHourFormatEnabled: true } }
    });
    return 'settings.update carries timeFormat';
  }),
  'message-capping.update': provokedBy('the server says how many chats the account may still start', ({ world, account }) => {
    const capping = { total_quota: 1000, used_quota: 1, capping_status: 'NONE' };
    world.deliverToAll(
      account,
      mexNotification('MessageCappingInfoNotification', { xwa2_notify_new_chat_messages_capping_info_update: capping })
    );
    return 'message-capping.update says 1 of 1000';
  })
};
