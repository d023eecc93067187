import { randomBytes } from 'node:crypto';
import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { disappearingModeNotification } from '../iq/account-iq.table.js';
import { blocklistNotification } from '../iq/blocklist-iq.handler.js';
import { element } from '../stanza/stanza.js';
import { mexNotification } from './newsletters.stimuli.js';
import { neverEmitted, provokedBy } from './stimulus.js';

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

/** Calls. */
export const callStimuli = {
  call: provokedBy(
    'the contact rings with video and gives up: an offer, then a timeout, which also leaves a missed-call message',
    ({ world, account, contact }) => {
      const from = contact.jid(world.settings.addressing);
      const call = { 'call-id': randomBytes(16).toString('hex').toUpperCase(), 'call-creator': from };
      const offer = element('offer', { ...call, caller_pn: contact.shownNumber }, [element('video', { enc: 'vp8' })]);
      world.deliverToAll(account, element('call', { from, notify: contact.name }, [offer]));
      world.deliverToAll(account, element('call', { from }, [element('terminate', { ...call, reason: 'timeout' })]));
      return `the call is ${call['call-id']}`;
    }
  )
};

/** The connection itself and the credentials. */
export const connectionStimuli = {
  'connection.update': provokedBy('the server says that the account is under no restriction on starting chats', ({ world, account }) => {
    world.deliverToAll(
      account,
      mexNotification('NotificationUserReachoutTimelockUpdate', { xwa2_notify_account_reachout_timelock: { is_active: false } })
    );
    return 'connection.update carries reachoutTimeLock.isActive = false';
  }),
  'creds.update': provokedBy('another device of the account confirms its default for vanishing messages', ({ world, account }) => {
    world.deliverToAll(account, disappearingModeNotification(account));
    return `creds.update carries accountSettings.defaultDisappearingMode of ${account.disappearingModeSeconds} s`;
  })
};
