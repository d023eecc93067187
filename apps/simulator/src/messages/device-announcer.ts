import type { Account, Device } from '../accounts/account.js';
import { announcedHash, listedDevices } from '../accounts/device-list.codec.js';
import { keyIndexList } from '../accounts/key-index-list.codec.js';
import { formatJid } from '../accounts/jid.js';
import { element, secondsNow, type Stanza } from '../stanza/stanza.js';
import { worldSlot } from '../world/world-slot.js';
import type { World } from '../world/world.js';

/** Notifies others when a device is added to an account or removed from it. */
class DeviceAnnouncer {
  /**
   * The accounts that have requested the devices of an account. Which contacts the service
   * notifies is not known; contacts that never requested the list have none that could be wrong.
   */
  private readonly watchers = new WeakMap<Account, Set<Account>>();

  constructor(private readonly world: World) {}

  /** Records that an account has requested the devices of another. */
  watch(watcher: Account, account: Account): void {
    if (watcher === account) return;
    const watchers = this.watchers.get(account) ?? new Set<Account>();
    this.watchers.set(account, watchers.add(watcher));
  }

  /**
   * Announces that a device was linked or unlinked. The formats are those of whatsmeow
   * (notification.go), and for own devices also of whatsapp-rust (3b5b4fea).
   */
  announce(device: Device, change: 'add' | 'remove'): void {
    const { account } = device;
    const all = listedDevices(account);
    const hashes = { device_hash: announcedHash(all, 'pn'), device_lid_hash: announcedHash(all, 'lid') };
    const changed = element('device', { jid: device.jid('pn'), lid: device.jid('lid'), 'key-index': device.keyIndex });
    const notice = element('notification', { from: account.jid('pn'), lid: account.jid('lid'), type: 'devices', t: secondsNow() }, [
      element(change, hashes, [changed, keyIndexList(account)])
    ]);
    for (const watcher of this.watchers.get(account) ?? []) this.world.deliverToAll(watcher, notice);
    this.world.deliverToAll(account, ownDevices(account), device);
  }
}

/** The device announcer of a world. */
export const deviceAnnouncerOf = worldSlot(world => new DeviceAnnouncer(world));

function ownDevices(account: Account): Stanza {
  const devices = account
    .companions()
    .map(({ id, keyIndex }) => element('device', { jid: formatJid(account.phoneNumber, 'pn', id), 'key-index': keyIndex }));
  const list = element('devices', { dhash: announcedHash(listedDevices(account), 'pn') }, devices);
  return element('notification', { from: account.jid('pn'), type: 'account_sync', t: secondsNow() }, [list]);
}
