import type { LIDMapping } from '@whiskeysockets/baileys';
import { isHostedLidUser, isHostedPnUser, isLidUser, jidDecode, jidEncode } from '../baileys.js';

/** Whether a jid belongs to a device that WhatsApp or a provider runs for a business (`@hosted`, `@hosted.lid`). */
export const isHosted = (jid: string): boolean => Boolean(isHostedPnUser(jid) || isHostedLidUser(jid));

/** Returns the jid of the account without a device part, under which its pair is stored: a hosted device has the user of its account. */
export function plainJid(jid: string): string {
  const { user = '' } = jidDecode(jid) ?? {};
  return jidEncode(user, isHostedLidUser(jid) || isLidUser(jid) ? 'lid' : 's.whatsapp.net');
}

/** Converts a pair to Baileys' form; the two sides may be swapped. */
export function basePair({ lid, pn }: LIDMapping): LIDMapping {
  const [a, b] = [plainJid(lid), plainJid(pn)];
  return a.endsWith('@lid') ? { lid: a, pn: b } : { lid: b, pn: a };
}

/** Returns the number of a hosted device, derived from the number of its account. */
export function hostedAs(hostedLid: string, pn: string): string {
  const { device } = jidDecode(hostedLid) ?? {};
  return jidEncode(jidDecode(pn)?.user ?? '', 'hosted', device);
}
