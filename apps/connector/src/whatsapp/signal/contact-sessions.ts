import type { SignalKeyStoreWithTransaction, SignalRepositoryWithLIDStore } from '@whiskeysockets/baileys';
import { isHostedPnUser, isPnUser, jidDecode, jidNormalizedUser, transferDevice } from '../baileys.js';
import type { SocketCaches } from '../socket-caches.js';

export interface ContactSessionsParts {
  readonly repository: SignalRepositoryWithLIDStore;
  readonly keys: SignalKeyStoreWithTransaction;
  readonly caches: Pick<SocketCaches, 'userDevicesCache'>;
}

/**
 * Deletes the Signal sessions with every device of a contact, under its number and its LID. The next message in either direction opens new sessions. Resolves
 * to the number of deleted sessions.
 */
export async function resetContactSessions(jid: string, { repository, keys, caches }: ContactSessionsParts): Promise<number> {
  const contact = jidNormalizedUser(jid);
  const { lidMapping } = repository;
  const other = isNumber(contact) ? await lidMapping.getLIDForPN(contact) : await lidMapping.getPNForLID(contact);
  const forms = [contact, ...(other ? [jidNormalizedUser(other)] : [])];
  const users = forms.map(form => jidDecode(form)!.user);
  const stored = await keys.get('device-list', users);
  const devices = new Set(['0', ...Object.values(stored).flat()]);
  for (const user of users) {
    const cached = (await caches.userDevicesCache.get<{ device?: number }[]>(user)) ?? [];
    for (const { device = 0 } of cached) devices.add(String(device));
    await caches.userDevicesCache.del(user);
  }
  const jids = forms.flatMap(form => [...devices].map(device => withDevice(form, device)));
  const byAddress = new Map(jids.map(each => [repository.jidToSignalProtocolAddress(each), each]));
  const sessions = await keys.get('session', [...byAddress.keys()]);
  const doomed = Object.keys(sessions).flatMap(address => (sessions[address] ? byAddress.get(address)! : []));
  await repository.deleteSession(doomed);
  return doomed.length;
}

function withDevice(jid: string, device: string): string {
  const { user, server } = jidDecode(jid)!;
  return transferDevice(`${user}:${device}@${server}`, jid);
}

const isNumber = (jid: string): boolean => isPnUser(jid) === true || isHostedPnUser(jid) === true;
