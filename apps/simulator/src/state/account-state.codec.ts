import type { StanzaJson } from '@wabus/testing';
import { BufferJSON, proto, type LTHashState } from '@whiskeysockets/baileys';
import { Device, type AboutText, type Account, type AppStateCollection } from '../accounts/account.js';
import { Outbox } from '../accounts/outbox.js';
import { SimulatedPasskey, type StoredPasskey } from '../accounts/passkey.js';
import { Phone, type PhoneState } from '../accounts/phone.js';
import { stanzaFromJson, stanzaToJson } from '../stanza/stanza-json.codec.js';
import type { World } from '../world/world.js';

/** One account at rest: JSON values, bytes as base64. */
export interface AccountState {
  phoneNumber: string;
  lid: string;
  name: string;
  advertisePhone: boolean;
  /** Missing in files from before accounts could hide their numbers. */
  hidesNumber?: boolean;
  username?: string;
  about?: AboutText;
  /** Missing in files from before accounts were migrated to LIDs, as is the next field. */
  migrated?: boolean;
  lidHidden?: boolean;
  nextDevice: number;
  status: string;
  disappearingModeSeconds: number;
  autoReplyPrefix: string | null;
  privacy: [string, string][];
  blocklist: string[];
  /** `BufferJSON` text. */
  appStateKey: string | null;
  collections: { name: string; patches: string[]; state: string }[];
  phone: PhoneState;
  /** `null` if it has never been used; missing in files from before passkeys existed. */
  passkey?: StoredPasskey | null;
  devices: DeviceState[];
}

export interface DeviceState {
  id: number;
  keyIndex: number;
  identityKey: string;
  registrationId: number;
  signedPreKey: { id: number; publicKey: string; signature: string };
  noiseKey: string;
  preKeys: [number, string][];
  greeted: boolean;
  logins: number;
  /** The stanzas that the device has not confirmed. */
  outbox: StanzaJson[];
}

/** Serializes an account with its phone's keys and sessions, its linked devices and their unconfirmed stanzas. */
export function dumpAccount(account: Account): AccountState {
  return {
    phoneNumber: account.phoneNumber,
    lid: account.lid,
    name: account.name,
    advertisePhone: account.advertisePhone,
    hidesNumber: account.hidesNumber,
    username: account.username,
    about: account.about,
    migrated: account.migrated,
    lidHidden: account.lidHidden,
    nextDevice: account.nextDevice,
    status: account.status,
    disappearingModeSeconds: account.disappearingModeSeconds,
    autoReplyPrefix: account.autoReplyPrefix,
    privacy: [...account.privacy],
    blocklist: [...account.blocklist],
    appStateKey: account.appStateKey ? JSON.stringify(account.appStateKey, BufferJSON.replacer) : null,
    collections: [...account.collections].map(([name, { patches, state }]) => ({
      name,
      patches: patches.map(patch => base64(proto.SyncdPatch.encode(patch).finish())),
      state: JSON.stringify(state, BufferJSON.replacer)
    })),
    phone: account.phone.dump(),
    passkey: account.hasPasskey ? account.passkey.dump() : null,
    devices: account.companions().map(dumpDevice)
  };
}

/** Restores an account into a world; throws on an invalid state. */
export function restoreAccount(world: World, state: AccountState): Account {
  const account = world.accounts.create(
    state,
    Phone.restore(state.phone, () => void world.events.emit('changed'))
  );
  account.nextDevice = state.nextDevice;
  if (state.passkey) account.passkey = SimulatedPasskey.restore(state.passkey);
  account.status = state.status;
  account.about = state.about;
  account.disappearingModeSeconds = state.disappearingModeSeconds;
  account.autoReplyPrefix = state.autoReplyPrefix;
  for (const [name, value] of state.privacy) account.privacy.set(name, value);
  for (const jid of state.blocklist) account.blocklist.add(jid);
  if (state.appStateKey !== null) account.appStateKey = JSON.parse(state.appStateKey, BufferJSON.reviver) as Account['appStateKey'];
  for (const { name, ...collection } of state.collections) account.collections.set(name, restoreCollection(collection));
  for (const device of state.devices) account.devices.set(device.id, restoreDevice(account, device));
  return account;
}

function restoreCollection({ patches, state }: { patches: string[]; state: string }): AppStateCollection {
  return {
    patches: patches.map(patch => proto.SyncdPatch.decode(Buffer.from(patch, 'base64'))),
    state: JSON.parse(state, BufferJSON.reviver) as LTHashState
  };
}

function dumpDevice(device: Device): DeviceState {
  const { id, publicKey, signature } = device.signedPreKey;
  return {
    id: device.id,
    keyIndex: device.keyIndex,
    identityKey: base64(device.identityKey),
    registrationId: device.registrationId,
    signedPreKey: { id, publicKey: base64(publicKey), signature: base64(signature) },
    noiseKey: base64(device.noiseKey),
    preKeys: [...device.preKeys].map(([keyId, key]) => [keyId, base64(key)]),
    greeted: device.greeted,
    logins: device.logins,
    outbox: device.outbox.pending().map(stanzaToJson)
  };
}

function restoreDevice(account: Account, state: DeviceState): Device {
  const { id, publicKey, signature } = state.signedPreKey;
  const device = new Device(
    account,
    {
      id: state.id,
      keyIndex: state.keyIndex,
      identityKey: bytes(state.identityKey),
      registrationId: state.registrationId,
      signedPreKey: { id, publicKey: bytes(publicKey), signature: bytes(signature) },
      noiseKey: bytes(state.noiseKey)
    },
    new Outbox()
  );
  for (const [keyId, key] of state.preKeys) device.preKeys.set(keyId, bytes(key));
  device.greeted = state.greeted;
  device.logins = state.logins;
  for (const stanza of state.outbox) device.outbox.add(stanzaFromJson(stanza));
  return device;
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString('base64');
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64');
}
