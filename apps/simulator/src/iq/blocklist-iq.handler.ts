import type { Account } from '../accounts/account.js';
import { splitJid } from '../accounts/jid.js';
import { SERVER_JID, child, element, requiredChild, type Stanza } from '../stanza/stanza.js';
import { iqRefusal, type IqHandler } from '../world/iq-request.js';

/** Reads and changes the block list of an account; notifies its other devices of a change. */
export const blocklistIqHandler: IqHandler = ({ world, account, device, stanza, type }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (type === 'set') {
    const { attrs } = requiredChild(stanza, 'item');
    const blocked = world.accounts.resolve(attrs['jid'])?.account;
    if (!blocked) return iqRefusal.notFound;
    if (!isIdentified(attrs, blocked)) return iqRefusal.badRequest;
    if (attrs['action'] === 'block') account.blocklist.add(blocked.jid('lid'));
    else account.blocklist.delete(blocked.jid('lid'));
    world.deliverToAll(account, blocklistNotification(blocked.jid('lid'), attrs['action'] === 'block'), device);
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

/**
 * Returns whether a block identifies its target. Entries are keyed by LID, and a request to block adds
 * `pn_jid`, or for an account without a number `username`, `display_name` or `unknown_identifier`. A block
 * by number, or without any of these, is refused with 400 (zapo PR 208 and 471ca18, whatsapp-rust PR 600).
 */
function isIdentified(attrs: Stanza['attrs'], blocked: Account): boolean {
  if (splitJid(attrs['jid'])?.addressing !== 'lid') return false;
  if (attrs['action'] === 'unblock') return true;
  const { pn_jid: number, username, display_name: name, unknown_identifier: unknown } = attrs;
  if (number !== undefined) return number === blocked.shownNumber;
  if (username !== undefined) return username === blocked.username;
  return Boolean(name) || unknown === 'true';
}

/** Returns the notification that one of the account's devices has blocked or unblocked a jid. */
export function blocklistNotification(jid: string, blocked: boolean): Stanza {
  const item = element('item', { jid, action: blocked ? 'block' : 'unblock' });
  return element('notification', { from: SERVER_JID, type: 'account_sync' }, [element('blocklist', { action: 'modify' }, [item])]);
}
