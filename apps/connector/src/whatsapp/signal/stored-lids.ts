import type { LIDMapping, SignalKeyStore, WASocket } from '@whiskeysockets/baileys';
import { isLidUser, jidDecode, jidEncode } from '../baileys.js';

const TYPE = 'lid-mapping';

/** Resolves to the stored LID of a number, both as jids; `null` if there is none. Never queries WhatsApp. */
export async function storedLid(keys: Pick<SignalKeyStore, 'get'>, number: string): Promise<string | null> {
  const user = userOf(number);
  const lid = (await keys.get(TYPE, [user]))[user];
  return typeof lid === 'string' ? jidEncode(lid, 'lid') : null;
}

/** Resolves to the stored number of a LID, both as jids; `null` if there is none. Never queries WhatsApp. */
export async function storedNumber(keys: Pick<SignalKeyStore, 'get'>, lid: string): Promise<string | null> {
  const name = `${userOf(lid)}_reverse`;
  const user = (await keys.get(TYPE, [name]))[name];
  return typeof user === 'string' ? jidEncode(user, 's.whatsapp.net') : null;
}

/** Resolves to the stored other jid of a person, given the number or the LID; `null` if there is none. Never queries WhatsApp. */
export function storedOther(keys: Pick<SignalKeyStore, 'get'>, jid: string): Promise<string | null> {
  return isLidUser(jid) ? storedNumber(keys, jid) : storedLid(keys, jid);
}

/** Stores pairs of number and LID from WhatsApp's answers, and emits new pairs as `lid-mapping.update`. */
export async function learnLids(
  { authState, signalRepository, ev }: Pick<WASocket, 'authState' | 'signalRepository' | 'ev'>,
  pairs: LIDMapping[]
): Promise<void> {
  if (pairs.length === 0) return;
  const stored = await authState.keys.get(
    TYPE,
    pairs.map(({ pn }) => userOf(pn))
  );
  await signalRepository.lidMapping.storeLIDPNMappings(pairs);
  for (const pair of pairs) if (stored[userOf(pair.pn)] !== userOf(pair.lid)) ev.emit('lid-mapping.update', pair);
}

const userOf = (jid: string): string => jidDecode(jid)?.user ?? jid;
