import { jidDecode } from '@whiskeysockets/baileys';
import type { Addressing } from '@wabus/testing';

/** The server of a jid (the part after the `@`) for each addressing. */
const SERVER_OF: Record<Addressing, string> = { pn: 's.whatsapp.net', lid: 'lid' };
/** The number of the device that WhatsApp or a provider runs for a business. */
export const HOSTED_DEVICE = 99;
/** A hosted device has its own server (Baileys `getServerFromDomainType`, fazer-ai/baileys-api PR 388). */
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

/** Formats a user's jid; omits device 0 (the phone), as WhatsApp does. */
export function formatJid(user: string, addressing: Addressing, device = 0): string {
  const server = serverOf(addressing, device);
  return device === 0 ? `${user}@${server}` : `${user}:${device}@${server}`;
}

/** Parses a user's jid; returns `undefined` for groups, broadcasts, newsletters and malformed jids. */
export function splitJid(jid: string | undefined): ParsedJid | undefined {
  const decoded = jidDecode(jid);
  if (!decoded) return undefined;
  const addressing = ADDRESSING_OF[decoded.server];
  return addressing && { user: decoded.user, device: decoded.device ?? 0, addressing };
}
