import type { proto as Proto } from '@whiskeysockets/baileys';
import { proto } from '../baileys.js';

/** The description of this client that Baileys sends at a login or a registration. */
export type ClientPayload = Proto.IClientPayload;

/** The login counters of a device. */
export interface LoginCounts {
  /** Logins since the device was linked. */
  readonly logins: number;
  /** Attempts since the last login. */
  readonly attempts: number;
}

/** The number of days for which a browser requests thumbnails of the history. */
const THUMBNAIL_DAYS = 60;
/** The number of days that the Windows client, the only one to request the whole history, states for it. */
const FULL_SYNC_DAYS = 365;

/**
 * Converts Baileys' payload to that of the official client. A login has its counters and reports a device whose chats are kept by LID (whatsapp-rust PR 630 and
 * b7940571, whatsmeow 7e66fe5e, zapo 7f7f560). A registration requests the history that a browser can process; to request the whole history, it presents
 * itself as the Windows client, the only one that does so.
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
