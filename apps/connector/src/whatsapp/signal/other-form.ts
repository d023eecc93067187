import type { SignalDataTypeMap, SignalKeyStore, SignalRepositoryWithLIDStore } from '@whiskeysockets/baileys';
import { isHostedPnUser, isPnUser } from '../baileys.js';

/** A session record of libsignal as it is stored: its sessions by base key. */
interface StoredSessions {
  readonly _sessions?: Readonly<Record<string, unknown>>;
}

/**
 * Puts the sessions that are stored under the number of a contact beside those under its LID, in the current transaction. Answers whether there were any. Baileys moves them when it
 * learns which LID belongs to the number, but only for devices that it has a list of; what comes then cannot be read (Baileys PR 2763).
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

/** Of the same session the current copy is the newer one. */
function joined(present: SignalDataTypeMap['session'], left: SignalDataTypeMap['session']): SignalDataTypeMap['session'] {
  const [to, from] = [present as StoredSessions, left as StoredSessions];
  return { ...to, _sessions: { ...from._sessions, ...to._sessions } } as unknown as SignalDataTypeMap['session'];
}
