import type { Account } from '../accounts/account.js';
import { emptyResult, type IqHandler } from '../iq-contract.js';
import { element, requiredChild, secondsNow, SERVER_JID, textOf, type Stanza } from '../stanza/stanza.js';
import { iqRefusal } from './iq-refusal.js';

/** Sets the "about" text (`xmlns=status`). */
export const statusIqHandler: IqHandler = ({ world, account, stanza, type }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (type === 'set') {
    account.status = textOf(requiredChild(stanza, 'status')) ?? '';
    world.events.emit('changed');
  }
  return emptyResult;
};

/** Sets after how many seconds messages of new chats vanish, 0 for never; the account's other devices are told. */
export const disappearingModeIqHandler: IqHandler = ({ world, account, device, stanza, type }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (type === 'get') return { result: [disappearingModeElement(account)] };
  const seconds = Number(requiredChild(stanza, 'disappearing_mode').attrs['duration']);
  if (!Number.isInteger(seconds) || seconds < 0) return iqRefusal.badRequest;
  account.disappearingModeSeconds = seconds;
  world.deliverToAll(account, disappearingModeNotification(account), device);
  world.events.emit('changed');
  return emptyResult;
};

/** "One of your devices has set the default for vanishing messages". */
export function disappearingModeNotification(account: Account): Stanza {
  return element('notification', { from: SERVER_JID, type: 'account_sync' }, [disappearingModeElement(account)]);
}

function disappearingModeElement(account: Account): Stanza {
  return element('disappearing_mode', { duration: account.disappearingModeSeconds, t: secondsNow() });
}
