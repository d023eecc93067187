import { asBytes } from '../bytes/byte-forms.codec.js';
import { credentialFields, neutralCredentials, ownIdentities } from '../device/credentials.policy.js';
import { MigrateError } from '../device/migrate.error.js';
import type { PortableDevice } from '../device/portable-device.types.js';
import { publicKey } from './x25519.codec.js';

/** Higher than any id that a gateway has reached, so that new pre-keys do not reuse the numbers of pre-keys that the server still has. */
const FIRST_PRE_KEY_ID = 0x400000;

/** Whether a JSON value is the body of `POST /connections/:phone/import-session` in fazer-ai/baileys-api. */
export function isFazerSession(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'noiseCandidates' in value;
}

/**
 * Returns the credentials in such a body, which has no keys. The right one of its noise key pairs is determined by computation.
 * @throws {MigrateError} if a field is missing or invalid
 */
export function readFazerSession(body: Readonly<Record<string, unknown>>): PortableDevice {
  const account = credentialFields('account', body['account']);
  const accountSignatureKey = asBytes(account['accountSignatureKey']);
  if (accountSignatureKey === null) throw new MigrateError('account.accountSignatureKey', 'account.accountSignatureKey is missing.');
  const lid = typeof body['lid'] === 'string' ? body['lid'] : undefined;
  const ownLid = lid === undefined || lid.includes('@') ? lid : `${lid}@lid`;
  if (body['signedPreKey'] === undefined)
    throw new MigrateError(
      'signedPreKey',
      'signedPreKey is missing: without it, contacts could not start conversations. Export it too, or link the account again.'
    );
  const { keyId, signature, ...signedPreKeyPair } = credentialFields('signedPreKey', body['signedPreKey']);
  const credentials = neutralCredentials({
    me: { id: body['id'], ...(ownLid === undefined ? {} : { lid: ownLid }), ...(body['pushName'] ? { name: body['pushName'] } : {}) },
    account,
    noiseKey: rightPair(body['noiseCandidates']),
    signedIdentityKey: body['identityKey'],
    signedPreKey: { keyPair: signedPreKeyPair, signature, keyId },
    registrationId: body['registrationId'],
    advSecretKey: body['advSecretKey'],
    signalIdentities: ownIdentities(ownLid, accountSignatureKey),
    platform: body['platform'],
    routingInfo: body['routingInfo'],
    nextPreKeyId: FIRST_PRE_KEY_ID,
    firstUnuploadedPreKeyId: FIRST_PRE_KEY_ID,
    registered: true
  });
  return { credentials, records: [], unknown: [], notes: ['The source contains credentials without keys.'] };
}

function rightPair(candidates: unknown): unknown {
  if (!Array.isArray(candidates) || candidates.length === 0 || candidates.length > 20)
    throw new MigrateError('noiseCandidates', 'noiseCandidates must be a list of 1 to 20 key pairs.');
  const right = candidates.find((one, index) => {
    const pair = credentialFields(`noiseCandidates[${index}]`, one);
    const [privateKey, given] = [asBytes(pair['private']), asBytes(pair['public'])];
    return privateKey?.length === 32 && given !== null && Buffer.from(given.slice(-32)).equals(publicKey('noiseCandidates', privateKey));
  }) as unknown;
  if (right === undefined)
    throw new MigrateError('noiseCandidates', 'No key pair in noiseCandidates has a public key that matches its private key.');
  return right;
}
