import type { LIDMapping, SignalKeyStore, WASocket } from '@whiskeysockets/baileys';
import { isLidUser, jidDecode, jidEncode } from '../baileys.js';

const TYPE = 'lid-mapping';

/** The LID that is stored for a number, both as jids; `null` when none is. Asks nobody. */
export async function storedLid(keys: Pick<SignalKeyStore, 'get'>, number: string): Promise<string | null> {
  const user = userOf(number);
  const lid = (await keys.get(TYPE, [user]))[user];
  return typeof lid === 'string' ? jidEncode(lid, 'lid') : null;
}

/** The number that is stored for a LID, both as jids; `null` when none is. Asks nobody. */
export async function storedNumber(keys: Pick<SignalKeyStore, 'get'>, lid: string): Promise<string | null> {
  const name = `${userOf(lid)}_reverse`;
  const user = (await keys.get(TYPE, [name]))[name];
  return typeof user === 'string' ? jidEncode(user, 's.whatsapp.net') : null;
}

/** The other jid that is stored for a person, whose number or LID is given; `null` when none is. Asks nobody. */
export function storedOther(keys: Pick<SignalKeyStore, 'get'>, jid: string): Promise<string | null> {
  return isLidUser(jid) ? storedNumber(keys, jid) : storedLid(keys, jid);
}

/** Stores what WhatsApp said about who has which LID, and emits what is new as `lid-mapping.update`. */
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
