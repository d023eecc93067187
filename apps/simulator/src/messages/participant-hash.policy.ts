import type { Device } from '../accounts/account.js';
import { announcedHash, listedDevices } from '../accounts/device-list.codec.js';
import { children, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';

/**
 * Returns the hash of the devices of a chat (`phash`) for an ack, including the author's own: a client that computes another hash has missed a
 * device. Seen in acks of groups (whatsapp-rust ff4ac10c, whatsmeow send.go); direct chats have it too (whatsapp-rust f856c859). Returns none for
 * resent messages, and for messages to own devices only or to everybody.
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
