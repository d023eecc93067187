import type { Device } from '../accounts/account.js';
import { announcedHash, listedDevices } from '../accounts/device-list.codec.js';
import { children, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';

/**
 * What an ack says about the devices of a chat (`phash`), the author's own included: a client that computes another hash has missed one. Seen in acks of groups (whatsapp-rust
 * ff4ac10c, whatsmeow send.go); in direct chats it is there too (whatsapp-rust f856c859). None for what is sent again, to own devices alone or to everybody.
 */
export function participantHashOf(world: World, author: Device, stanza: Stanza): string | undefined {
  const { to = '', category } = stanza.attrs;
  if (category === 'peer' || children(stanza, 'enc').some(({ attrs }) => attrs['count'] !== undefined)) return undefined;
  const group = world.groups.find(to);
  if (group) return announcedHash([...group.members.keys()].flatMap(listedDevices), group.addressing);
  const chat = world.accounts.resolve(to);
  if (!chat) return undefined;
  const accounts = new Set([chat.account, author.account]);
  return announcedHash([...accounts].flatMap(listedDevices), chat.addressing);
}
