import { createHash } from 'node:crypto';

/** One device as in Baileys' device cache. */
export interface KnownDevice {
  readonly user: string;
  /** 0 is the phone. */
  readonly device?: number;
  readonly server?: string;
}

/** Returns the hash of a chat's devices that WhatsApp sends in its acks (`phash`): whatsmeow `participantListHashV2` over `ADString`. */
export function deviceListHash(devices: readonly KnownDevice[]): string {
  const jids = devices.map(({ user, device = 0, server = '' }) => `${user}.0:${device}@${server}`);
  const digest = createHash('sha256')
    .update([...new Set(jids)].sort().join(''))
    .digest();
  return `2:${digest.subarray(0, 6).toString('base64').replace(/=+$/, '')}`;
}
