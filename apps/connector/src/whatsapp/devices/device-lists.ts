import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { getAllBinaryNodeChildren, getBinaryNodeChild, getBinaryNodeChildren, jidDecode } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';
import type { SocketCaches } from '../socket-caches.js';
import { deviceListHash, type KnownDevice } from './device-list.codec.js';

const CHATS = 1_000;

export interface DeviceListsParts {
  readonly caches: Pick<SocketCaches, 'forgetGroup' | 'group' | 'userDevicesCache'>;
  /** Returns the jids of this device; none before it is linked. */
  readonly own: () => readonly string[];
  readonly logger: Logger;
}

/**
 * Forgets outdated device lists, so that the next message requests them again. Baileys keeps lists for five minutes, ignores both changes of the account's own
 * list and the hash in acks, and applies changes to only one of the two jids of a contact.
 */
export class DeviceLists {
  /** By chat: the last two hashes that differed. If they still differ after another request, the difference cannot be resolved here. */
  private readonly differences = new BoundedCache<string, string>({ max: CHATS });

  constructor(private readonly parts: DeviceListsParts) {}

  /** Listens to device changes, before Baileys' own listeners use the lists. */
  attach(stanzas: EventEmitter): void {
    stanzas.prependListener('CB:notification,type:devices', (notification: BinaryNode) => this.changed(notification));
    stanzas.prependListener('CB:notification,type:account_sync', (notification: BinaryNode) => {
      if (getBinaryNodeChild(notification, 'devices')) this.forget(this.parts.own());
    });
  }

  /** Handles an `<ack class="message">`. Devices that missed this message request it themselves; the next message goes to all devices. */
  async acknowledged({ attrs }: BinaryNode): Promise<void> {
    const { phash: theirs, from: chat, error } = attrs;
    // 479 means stale devices or sessions: the next attempt requests the list again.
    if (chat && error === '479') this.forget([chat]);
    if (!theirs || !chat || error !== undefined) return;
    const users = this.usersOf(chat);
    const ours = users && (await this.hashOf(users));
    if (!ours || ours === theirs) return;
    const difference = `${ours} ${theirs}`;
    if (this.differences.get(chat) === difference) return;
    this.differences.set(chat, difference);
    this.parts.logger.debug({ ours, theirs }, 'a message did not reach all devices in its chat, requesting the device list again');
    this.parts.caches.forgetGroup(chat);
    this.forget(users);
  }

  private changed(notification: BinaryNode): void {
    const { from, lid } = notification.attrs;
    const [change] = getAllBinaryNodeChildren(notification);
    const devices = getBinaryNodeChildren(change, 'device').flatMap(({ attrs }) => [attrs['jid'], attrs['lid']]);
    this.forget([from, lid, ...devices].filter(jid => jid !== undefined));
  }

  /** Returns the jids of everyone in a chat; `null` if they are unknown. */
  private usersOf(chat: string): string[] | null {
    const server = jidDecode(chat)?.server;
    const own = this.parts.own();
    if (server === 'g.us') return this.parts.caches.group(chat)?.participants.map(({ id }) => id) ?? null;
    const sameForm = own.filter(jid => jidDecode(jid)?.server === server);
    return sameForm.length > 0 ? [chat, ...sameForm] : null;
  }

  /** Resolves to the hash of the users' devices; `null` if the devices of one user are unknown. */
  private async hashOf(users: readonly string[]): Promise<string | null> {
    const devices: KnownDevice[] = [];
    for (const jid of users) {
      const known = await this.parts.caches.userDevicesCache.get<KnownDevice[]>(jidDecode(jid)?.user ?? '');
      if (!known) return null;
      devices.push(...known);
    }
    const servers = new Set(users.map(jid => jidDecode(jid)?.server));
    // Baileys' lists do not contain this device.
    for (const jid of this.parts.own()) {
      const decoded = jidDecode(jid);
      if (decoded && servers.has(decoded.server)) devices.push(decoded);
    }
    return deviceListHash(devices);
  }

  private forget(jids: readonly string[]): void {
    for (const jid of jids) {
      const user = jidDecode(jid)?.user;
      if (user) void this.parts.caches.userDevicesCache.del(user);
    }
  }
}
