import { jidDecode } from '@whiskeysockets/baileys';
import type { Addressing } from '@wabus/testing';

/** The part after the `@` for each way of addressing a user. */
export const SERVER_OF: Record<Addressing, string> = { pn: 's.whatsapp.net', lid: 'lid' };

export interface ParsedJid {
  user: string;
  device: number;
  addressing: Addressing;
}

/** Writes a user's jid; device 0 (the phone) is left out, as WhatsApp does. */
export function formatJid(user: string, addressing: Addressing, device = 0): string {
  return device === 0 ? `${user}@${SERVER_OF[addressing]}` : `${user}:${device}@${SERVER_OF[addressing]}`;
}

/** Reads a user's jid; `undefined` for groups, broadcasts, newsletters and nonsense. */
export function splitJid(jid: string | undefined): ParsedJid | undefined {
  const decoded = jidDecode(jid);
  if (!decoded) return undefined;
  const addressing = decoded.server === 'lid' ? 'lid' : decoded.server === 's.whatsapp.net' || decoded.server === 'c.us' ? 'pn' : undefined;
  return addressing && { user: decoded.user, device: decoded.device ?? 0, addressing };
}
