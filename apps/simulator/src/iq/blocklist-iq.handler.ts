import type { IqHandler } from '../iq-contract.js';
import { child, element, requiredChild, SERVER_JID, type Stanza } from '../stanza/stanza.js';
import { iqRefusal } from './iq-refusal.js';

/** Reads and changes whom an account has blocked; its other devices are told about a change. */
export const blocklistIqHandler: IqHandler = ({ world, account, device, stanza, type }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (type === 'set') {
    const item = requiredChild(stanza, 'item');
    const blocked = world.accounts.resolve(item.attrs['jid'])?.account;
    if (!blocked) return iqRefusal.notFound;
    if (item.attrs['action'] === 'block') account.blocklist.add(blocked.jid('lid'));
    else account.blocklist.delete(blocked.jid('lid'));
    world.deliverToAll(account, blocklistNotification(blocked.jid('lid'), item.attrs['action'] === 'block'), device);
    world.events.emit('changed');
  }
  return {
    result: [
      element(
        'list',
        { matched: String(child(stanza) === undefined) },
        [...account.blocklist].map(jid => element('item', { jid }))
      )
    ]
  };
};

/** "One of your devices has blocked or unblocked somebody". */
export function blocklistNotification(jid: string, blocked: boolean): Stanza {
  const item = element('item', { jid, action: blocked ? 'block' : 'unblock' });
  return element('notification', { from: SERVER_JID, type: 'account_sync' }, [element('blocklist', { action: 'modify' }, [item])]);
}
