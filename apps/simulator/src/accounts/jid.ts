import { jidDecode } from '@whiskeysockets/baileys';
import type { Addressing } from '@wabus/testing';

/** The part after the `@` for each way of addressing a user. */
const SERVER_OF: Record<Addressing, string> = { pn: 's.whatsapp.net', lid: 'lid' };
/** The number of the device that WhatsApp or a provider runs for a business. */
export const HOSTED_DEVICE = 99;
/** Such a device has a server of its own (Baileys `getServerFromDomainType`, fazer-ai/baileys-api PR 388). */
const HOSTED_SERVER_OF: Record<Addressing, string> = { pn: 'hosted', lid: 'hosted.lid' };
const ADDRESSING_OF: Readonly<Record<string, Addressing>> = {
  's.whatsapp.net': 'pn',
  'c.us': 'pn',
  hosted: 'pn',
  lid: 'lid',
  'hosted.lid': 'lid'
};

export function serverOf(addressing: Addressing, device: number): string {
  return (device === HOSTED_DEVICE ? HOSTED_SERVER_OF : SERVER_OF)[addressing];
}

export interface ParsedJid {
  user: string;
  device: number;
  addressing: Addressing;
}

/** Writes a user's jid; device 0 (the phone) is left out, as WhatsApp does. */
export function formatJid(user: string, addressing: Addressing, device = 0): string {
  const server = serverOf(addressing, device);
  return device === 0 ? `${user}@${server}` : `${user}:${device}@${server}`;
}

/** Reads a user's jid; `undefined` for groups, broadcasts, newsletters and nonsense. */
export function splitJid(jid: string | undefined): ParsedJid | undefined {
  const decoded = jidDecode(jid);
  if (!decoded) return undefined;
  const addressing = ADDRESSING_OF[decoded.server];
  return addressing && { user: decoded.user, device: decoded.device ?? 0, addressing };
}
