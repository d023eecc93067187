import type { RecordedPayload } from '@wabus/testing';
import { proto } from '@whiskeysockets/baileys';
import { worldSlot } from '../world/world-slot.js';

const MAX_RECORDS = 10_000;

/** The payloads that clients sent about themselves, oldest first. */
class ClientPayloadLedger {
  readonly records: RecordedPayload[] = [];

  /** Records a payload and returns its differences from the payload of an official client. */
  note(payload: proto.IClientPayload): readonly string[] {
    const record = payload.devicePairingData ? registration(payload) : login(payload);
    this.records.push(record);
    if (this.records.length > MAX_RECORDS) this.records.shift();
    return record.oddities;
  }
}

export const clientPayloadsOf = worldSlot(() => new ClientPayloadLedger());

/** Records a login with its differences from the official client (whatsapp-rust PR 630 and b7940571, whatsmeow 7e66fe5e, zapo 7f7f560). */
function login(payload: proto.IClientPayload): RecordedPayload {
  const { lc, connectAttemptCount, pull, passive, lidDbMigrated } = payload;
  const fields = set({ lc, connectAttemptCount, pull, passive, lidDbMigrated });
  const oddities = [
    ...(Object.hasOwn(payload, 'lc') ? [] : ['a login without lc']),
    ...(pull ? [] : ['a login without pull']),
    ...(lidDbMigrated ? [] : ['a login that says its chats are not kept by LID'])
  ];
  return { kind: 'login', phoneNumber: String(payload.username), fields, oddities };
}

function registration({ devicePairingData }: proto.IClientPayload): RecordedPayload {
  const props = proto.DeviceProps.decode(devicePairingData?.deviceProps ?? new Uint8Array());
  const { UWP } = proto.DeviceProps.PlatformType;
  const history: proto.DeviceProps.IHistorySyncConfig = props.historySyncConfig ?? {};
  const windows = props.platformType === UWP;
  const fields = { platformType: proto.DeviceProps.PlatformType[props.platformType ?? 0], ...set(props), ...set(history) };
  const oddities = [
    ...(props.requireFullSync && !windows ? ['a browser that asks for the whole history'] : []),
    ...(history.supportGroupHistory ? [] : ['a client without supportGroupHistory']),
    ...(history.supportCallLogHistory ? [] : ['a client without supportCallLogHistory'])
  ];
  return { kind: 'registration', phoneNumber: null, fields: { ...fields, historySyncConfig: undefined, version: undefined }, oddities };
}

/** Returns the scalar fields that were written; a decoded message has the others from its prototype. */
function set(message: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message).filter(([, value]) => value !== null && value !== undefined && typeof value !== 'object')
  );
}
