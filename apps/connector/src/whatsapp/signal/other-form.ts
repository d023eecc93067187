import type { SignalDataTypeMap, SignalKeyStore, SignalRepositoryWithLIDStore } from '@whiskeysockets/baileys';
import { isHostedPnUser, isPnUser } from '../baileys.js';

/** A stored session record of libsignal: its sessions by base key. */
interface StoredSessions {
  readonly _sessions?: Readonly<Record<string, unknown>>;
}

/**
 * Merges the sessions that are stored under the number of a contact into those under its LID, in the current transaction. Resolves to whether there were any.
 * Baileys moves sessions when it learns the LID of a number, but only for devices in its list; later messages from other devices are unreadable
 * (Baileys PR 2763).
 */
export async function joinOtherForm(
  jid: string,
  repository: Pick<SignalRepositoryWithLIDStore, 'jidToSignalProtocolAddress' | 'lidMapping'>,
  keys: Pick<SignalKeyStore, 'get' | 'set'>
): Promise<boolean> {
  const byNumber = isPnUser(jid) === true || isHostedPnUser(jid) === true;
  const mapped = byNumber ? await repository.lidMapping.getLIDForPN(jid) : await repository.lidMapping.getPNForLID(jid);
  if (!mapped) return false;
  const number = repository.jidToSignalProtocolAddress(byNumber ? jid : mapped);
  const lid = repository.jidToSignalProtocolAddress(byNumber ? mapped : jid);
  const { [number]: left, [lid]: present } = await keys.get('session', [number, lid]);
  if (!left || number === lid) return false;
  await keys.set({ session: { [number]: null, [lid]: present ? joined(present, left) : left } });
  return true;
}

/** Merges two records; if both contain the same session, that under the LID is newer. */
function joined(present: SignalDataTypeMap['session'], left: SignalDataTypeMap['session']): SignalDataTypeMap['session'] {
  const [to, from] = [present as StoredSessions, left as StoredSessions];
  return { ...to, _sessions: { ...from._sessions, ...to._sessions } } as unknown as SignalDataTypeMap['session'];
}
