import type { proto as Proto } from '@whiskeysockets/baileys';
import { proto } from '../baileys.js';

/** What Baileys is about to say of this client, at a login or when it registers. */
export type ClientPayload = Proto.IClientPayload;

/** The login data of a device, besides its credentials. */
export interface LoginCounts {
  /** Logins since the device was linked. */
  readonly logins: number;
  /** Attempts since the last login. */
  readonly attempts: number;
}

/** How far back a browser asks for pictures of the history; the Windows client, which alone asks for all of it, names days for that too. */
const THUMBNAIL_DAYS = 60;
const FULL_SYNC_DAYS = 365;

/**
 * The payload as the official client writes it, from Baileys': a login with its counters, and as a device whose chats are kept by LID (whatsapp-rust PR 630 and
 * b7940571, whatsmeow 7e66fe5e, zapo 7f7f560);
 * a registration with the history that a browser can take. The whole history is asked for by the Windows client only.
 */
export function clientPayload(payload: ClientPayload, { logins, attempts }: LoginCounts): ClientPayload {
  const { devicePairingData: pairing } = payload;
  const counted = { ...payload, connectAttemptCount: attempts };
  if (!pairing) return { ...counted, pull: true, lidDbMigrated: true, lc: logins };
  return { ...counted, devicePairingData: { ...pairing, deviceProps: pairing.deviceProps && deviceProps(pairing.deviceProps) } };
}

function deviceProps(encoded: Uint8Array): Uint8Array {
  const props = proto.DeviceProps.decode(encoded);
  const full = props.requireFullSync
    ? { fullSyncDaysLimit: FULL_SYNC_DAYS, onDemandReady: true, completeOnDemandReady: true }
    : { thumbnailSyncDaysLimit: THUMBNAIL_DAYS };
  return proto.DeviceProps.encode({
    ...props,
    ...(props.requireFullSync ? { platformType: proto.DeviceProps.PlatformType.UWP } : {}),
    historySyncConfig: { ...props.historySyncConfig, supportGroupHistory: true, supportCallLogHistory: true, ...full }
  }).finish();
}
