import type { Device } from '../accounts/account.js';
import { element, secondsNow, type Stanza } from '../stanza/stanza.js';
import { noteToken } from '../reach/reach-gate.js';
import type { World } from '../world/world.js';

/** Presence and typing: sent to online subscribers, never queued. */
export class PresenceRouter {
  constructor(private readonly world: World) {}

  /**
   * Handles a presence: `subscribe` requests the presence of another account;
   * `available`/`unavailable` announce the own one; a name renames the account.
   */
  presence(device: Device, stanza: Stanza): void {
    const { type, to, name } = stanza.attrs;
    if (type === 'subscribe') {
      const other = this.world.accounts.resolve(to);
      if (!other) return;
      noteToken(device.account, 'presence', other.account, stanza);
      other.account.presenceSubscribers.add(device.account);
      this.world.push(device, element('presence', { from: to, ...presenceOf(other.account.presence) }));
      return;
    }
    const { account } = device;
    if (name) account.name = name;
    if (type !== 'available' && type !== 'unavailable') return;
    account.presence = type;
    for (const subscriber of account.presenceSubscribers) {
      this.world.pushToAll(subscriber, element('presence', { from: account.shownJid(), ...presenceOf(type) }));
    }
  }

  /** Forwards typing to the other side of a chat, or to the other members of a group. */
  chatState(device: Device, stanza: Stanza): void {
    const { to } = stanza.attrs;
    const other = this.world.accounts.resolve(to);
    if (other) {
      // Accounts that are migrated to LIDs do not show typing that is addressed by number (OpenWA PR 717).
      if (other.addressing !== device.account.namespace) return;
      this.world.pushToAll(other.account, element('chatstate', { from: device.account.shownJid(other.addressing) }, stanza.content));
      return;
    }
    const group = this.world.groups.find(to ?? '');
    if (!group) return;
    const participant = device.account.jid(group.addressing);
    for (const member of group.members.keys()) {
      if (member !== device.account) this.world.pushToAll(member, element('chatstate', { from: group.jid, participant }, stanza.content));
    }
  }
}

function presenceOf(presence: 'available' | 'unavailable'): Record<string, string> {
  return presence === 'available' ? {} : { type: 'unavailable', last: secondsNow() };
}
