import { randomBytes } from 'node:crypto';
import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { disappearingModeNotification } from '../iq/account-iq.table.js';
import { blocklistNotification } from '../iq/blocklist-iq.handler.js';
import { element, type Stanza } from '../stanza/stanza.js';
import { mexNotification } from './newsletters.stimuli.js';
import { neverEmitted, provokedBy } from './stimulus.js';

/** Stimuli for the account's own settings and limits. */
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

/** Stimuli for calls. */
export const callStimuli = {
  call: provokedBy(
    'the contact rings with video and gives up: an offer, then a timeout, which also leaves a missed-call message',
    ({ world, account, contact }) => {
      const from = contact.jid(world.addressingTo(account));
      const call = { 'call-id': randomBytes(16).toString('hex').toUpperCase(), 'call-creator': from };
      const offer = element('offer', { ...call, caller_pn: contact.shownNumber }, callMedia());
      // The attributes and children of an offer (whatsmeow call.go).
      const caller = { from, notify: contact.name, platform: 'android', version: '2.25.20.80' };
      world.deliverToAll(account, element('call', caller, [offer]));
      world.deliverToAll(account, element('call', { from }, [element('terminate', { ...call, reason: 'timeout' })]));
      return `the call is ${call['call-id']}`;
    }
  )
};

/** Returns the contents of an offer. A real call key is encrypted for each device; this one is random. */
function callMedia(): Stanza[] {
  return [
    element('audio', { enc: 'opus', rate: '16000' }),
    element('audio', { enc: 'opus', rate: '8000' }),
    element('video', { enc: 'vp8', dec: 'vp8', orientation: '0', screen_width: '1080', screen_height: '2340', device_orientation: '0' }),
    element('net', { medium: '3' }),
    element('capability', { ver: '1' }, Buffer.from('01 05 f7 09 e4 bb 07'.replaceAll(' ', ''), 'hex')),
    element('enc', { v: '2', type: 'msg', count: '0' }, randomBytes(64)),
    element('encopt', { keygen: '2' })
  ];
}

/** Stimuli for the connection itself and the credentials. */
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
