import type { LinkedAccount } from '@wabus/contracts';
import type { AuthenticationCreds } from '@whiskeysockets/baileys';
import { jidNormalizedUser } from './baileys.js';

/** Returns the account of the credentials; `null` until a phone has linked the device. */
export function linkedAccount({ me, platform }: Pick<AuthenticationCreds, 'me' | 'platform'>): LinkedAccount | null {
  if (!me) return null;
  return {
    id: jidNormalizedUser(me.id),
    lid: me.lid ? jidNormalizedUser(me.lid) : null,
    name: me.name ?? null,
    platform: platform ?? null
  };
}

/** Whether a jid, with or without a device part, belongs to the account. */
export function isOwnJid(jid: string, { me }: Pick<AuthenticationCreds, 'me'>): boolean {
  return me !== undefined && [me.id, me.lid].some(own => own !== undefined && jidNormalizedUser(own) === jidNormalizedUser(jid));
}
