import { asBytes, bytesJson, neutralBytes, type NeutralBytes } from '../bytes/byte-forms.codec.js';
import { toBase64 } from '../bytes/base64.codec.js';
import { MigrateError } from './migrate.error.js';
import { mendedJid, withMendedJids } from './old-jid.policy.js';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** The byte before a public key of 33 bytes, which stands for Curve25519. */
const KEY_TYPE = 5;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Converts the credentials of any gateway to the neutral form.
 * @throws {MigrateError} with the name of a missing or invalid field; with `me` or `account` if the source was never linked
 */
export function neutralCredentials(source: unknown): Record<string, unknown> {
  const given = credentialFields('creds', source);
  const me = meOf(given['me']);
  const account = accountOf(given['account']);
  const signedPreKey = credentialFields('signedPreKey', given['signedPreKey']);
  const taken: Record<string, unknown> = {
    // The keys of processed messages contain jids, too.
    ...withMendedJids(neutralBytes(given) as Fields),
    me,
    account,
    noiseKey: keyPair('noiseKey', given['noiseKey']),
    signedIdentityKey: keyPair('signedIdentityKey', given['signedIdentityKey']),
    signedPreKey: {
      keyPair: keyPair('signedPreKey.keyPair', signedPreKey['keyPair']),
      signature: credentialBytes('signedPreKey.signature', signedPreKey['signature'], SIGNATURE_BYTES),
      keyId: integer('signedPreKey.keyId', signedPreKey['keyId'])
    },
    registrationId: integer('registrationId', given['registrationId']),
    advSecretKey: secretText('advSecretKey', given['advSecretKey']),
    signalIdentities: identities(given['signalIdentities'] ?? [], me, account),
    nextPreKeyId: integer('nextPreKeyId', given['nextPreKeyId']),
    firstUnuploadedPreKeyId: integer('firstUnuploadedPreKeyId', given['firstUnuploadedPreKeyId'])
  };
  const ephemeral = given['pairingEphemeralKeyPair'];
  if (present(ephemeral)) taken['pairingEphemeralKeyPair'] = keyPair('pairingEphemeralKeyPair', ephemeral);
  if (present(given['routingInfo'])) taken['routingInfo'] = credentialBytes('routingInfo', given['routingInfo']);
  // A pending pairing code is useless elsewhere.
  delete taken['pairingCode'];
  for (const [name, value] of Object.entries(taken)) if (!present(value)) delete taken[name];
  return taken;
}

/** Converts a key pair with either pair of names to keys of 32 bytes. */
export function keyPair(field: string, value: unknown): { public: NeutralBytes; private: NeutralBytes } {
  const pair = credentialFields(field, value);
  const publicBytes = requiredBytes(`${field}.public`, pair['public'] ?? pair['pubKey']);
  const typed = publicBytes.length === KEY_BYTES + 1 && publicBytes[0] === KEY_TYPE;
  return {
    public: sized(`${field}.public`, typed ? publicBytes.subarray(1) : publicBytes, KEY_BYTES),
    private: credentialBytes(`${field}.private`, pair['private'] ?? pair['privKey'], KEY_BYTES)
  };
}

/** Converts bytes in any form, and checks their length if it is known. */
export function credentialBytes(field: string, value: unknown, length?: number): NeutralBytes {
  return sized(field, requiredBytes(field, value), length);
}

export function credentialFields(field: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new MigrateError(field, value === undefined || value === null ? `${field} is missing.` : `${field} is not an object.`);
}

/** Returns `signalIdentities` of a device: the account's own key, under its LID if it has one. */
export function ownIdentities(lid: string | undefined, accountSignatureKey: Uint8Array): unknown[] {
  if (lid === undefined) return [];
  const identifierKey = bytesJson(Uint8Array.from([KEY_TYPE, ...accountSignatureKey]));
  return [{ identifier: { name: lid, deviceId: 0 }, identifierKey }];
}

function meOf(value: unknown): Record<string, unknown> {
  if (!present(value)) throw neverLinked('me');
  const me = credentialFields('me', neutralBytes(value));
  if (typeof me['id'] !== 'string' || me['id'] === '') throw neverLinked('me.id');
  const id = mendedJid('me.id', me['id']);
  if (id.endsWith('@lid')) throw new MigrateError('me.id', 'me.id is a LID instead of the jid of the phone number.');
  if (!present(me['lid'])) return { ...me, id };
  if (typeof me['lid'] !== 'string') throw new MigrateError('me.lid', 'me.lid is not a string.');
  const lid = mendedJid('me.lid', me['lid']);
  return { ...me, id, lid: lid.includes('@') ? lid : `${lid}@lid` };
}

function accountOf(value: unknown): Record<string, NeutralBytes> {
  if (!present(value)) throw neverLinked('account');
  const account = credentialFields('account', value);
  return {
    details: credentialBytes('account.details', account['details']),
    accountSignatureKey: credentialBytes('account.accountSignatureKey', account['accountSignatureKey'], KEY_BYTES),
    accountSignature: credentialBytes('account.accountSignature', account['accountSignature'], SIGNATURE_BYTES),
    deviceSignature: credentialBytes('account.deviceSignature', account['deviceSignature'], SIGNATURE_BYTES)
  };
}

function identities(value: unknown, me: Fields, account: Record<string, NeutralBytes>): unknown[] {
  if (!Array.isArray(value)) throw new MigrateError('signalIdentities', 'signalIdentities is not a list.');
  if (value.length === 0) return ownIdentities(me['lid'] as string | undefined, asBytes(account['accountSignatureKey'])!);
  return value.map((one, index) => {
    const field = `signalIdentities[${index}]`;
    const { identifier, identifierKey } = credentialFields(field, one);
    const { name, deviceId } = credentialFields(`${field}.identifier`, identifier);
    if (typeof name !== 'string') throw new MigrateError(`${field}.identifier.name`, `${field}.identifier.name is not a string.`);
    return {
      identifier: { name: mendedJid(`${field}.identifier.name`, name), deviceId: integer(`${field}.identifier.deviceId`, deviceId) },
      identifierKey: credentialBytes(`${field}.identifierKey`, identifierKey)
    };
  });
}

function integer(field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new MigrateError(field, present(value) ? `${field} is not a whole number.` : `${field} is missing.`);
}

function secretText(field: string, value: unknown): string {
  return toBase64(requiredBytes(field, value));
}

function requiredBytes(field: string, value: unknown): Uint8Array {
  if (!present(value)) throw new MigrateError(field, `${field} is missing.`);
  const bytes = asBytes(value);
  if (bytes === null || bytes.length === 0) throw new MigrateError(field, `${field} does not contain bytes in a known encoding.`);
  return bytes;
}

function sized(field: string, bytes: Uint8Array, length?: number): NeutralBytes {
  if (length !== undefined && bytes.length !== length)
    throw new MigrateError(field, `${field} has ${bytes.length} bytes; it must have ${length}.`);
  return bytesJson(bytes);
}

const present = (value: unknown): boolean => value !== undefined && value !== null;

function neverLinked(field: string): MigrateError {
  return new MigrateError(field, `${field} is missing: these credentials were never linked to an account.`);
}
