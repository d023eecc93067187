import type { LIDMapping } from '@whiskeysockets/baileys';
import { isHostedLidUser, isHostedPnUser, isLidUser, jidDecode, jidEncode } from '../baileys.js';

/** Whether a jid is one of a device that WhatsApp or a provider runs for a business (`@hosted`, `@hosted.lid`). */
export const isHosted = (jid: string): boolean => Boolean(isHostedPnUser(jid) || isHostedLidUser(jid));

/** The jid of the account, without device, under which its pair is kept: a hosted device has the user of its account. */
export function plainJid(jid: string): string {
  const { user = '' } = jidDecode(jid) ?? {};
  return jidEncode(user, isHostedLidUser(jid) || isLidUser(jid) ? 'lid' : 's.whatsapp.net');
}

/** A pair in the form in which Baileys takes it; either side may come first. */
export function basePair({ lid, pn }: LIDMapping): LIDMapping {
  const [a, b] = [plainJid(lid), plainJid(pn)];
  return a.endsWith('@lid') ? { lid: a, pn: b } : { lid: b, pn: a };
}

/** The number of a hosted device, from the number of its account. */
export function hostedAs(hostedLid: string, pn: string): string {
  const { device } = jidDecode(hostedLid) ?? {};
  return jidEncode(jidDecode(pn)?.user ?? '', 'hosted', device);
}
