import { asBytes } from '../bytes/byte-forms.codec.js';
import { ProtobufFields } from '../bytes/protobuf.codec.js';
import type { DeviceStream } from '../formats/neutral-stream.codec.js';
import { publicKey } from './x25519.codec.js';
import { verifySignature } from './xed25519.codec.js';

/** A failed check, with the field that it concerns and its meaning. */
export interface FailedCheck {
  readonly check: 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g';
  readonly field: string;
  readonly message: string;
}

type Pair = { readonly public: unknown; readonly private: unknown };

const KEY_TYPE = 5;
/** The value of `deviceType` in `ADVDeviceIdentity` for an account that Meta hosts. */
const HOSTED = 1;
const ACCOUNT_PREFIX = [6, 0];
const HOSTED_ACCOUNT_PREFIX = [6, 5];
const DEVICE_PREFIX = [6, 1];

/**
 * Returns the failed checks of a device in the neutral form; empty if it can work. (a) The public keys match the private ones. (b) The identity has signed the
 * signed pre-key. (c) The account has signed the device, and (d) the device has signed itself. (e) It is a linked device and not a phone. (f) No pre-key has a
 * number that is still to be assigned. (g) The keys are present, unless only credentials are requested.
 */
export function failedChecks({ credentials, records, credentialsOnly }: DeviceStream): FailedCheck[] {
  const { noiseKey, signedIdentityKey, signedPreKey, account, me, nextPreKeyId } = credentials as {
    noiseKey: Pair;
    signedIdentityKey: Pair;
    signedPreKey: { keyPair: Pair; signature: unknown };
    account: Record<'details' | 'accountSignatureKey' | 'accountSignature' | 'deviceSignature', unknown>;
    me: { id: string };
    nextPreKeyId: number;
  };
  const failed: FailedCheck[] = [];
  const check = (letter: FailedCheck['check'], field: string, holds: boolean, message: string): void => {
    if (!holds) failed.push({ check: letter, field, message });
  };
  const identity = bytes(signedIdentityKey.public);
  const [details, accountKey] = [bytes(account.details), bytes(account.accountSignatureKey)];
  const accountPrefix = isHosted(details) ? HOSTED_ACCOUNT_PREFIX : ACCOUNT_PREFIX;

  check('a', 'noiseKey', matches(noiseKey), 'The public noise key does not match the private one.');
  check('a', 'signedIdentityKey', matches(signedIdentityKey), 'The public identity key does not match the private one.');
  check('a', 'signedPreKey.keyPair', matches(signedPreKey.keyPair), 'The public signed pre-key does not match the private one.');
  check(
    'b',
    'signedPreKey.signature',
    verifySignature(identity, joined([KEY_TYPE], bytes(signedPreKey.keyPair.public)), bytes(signedPreKey.signature)),
    'The identity key did not sign the signed pre-key.'
  );
  check(
    'c',
    'account.accountSignature',
    verifySignature(accountKey, joined(accountPrefix, details, identity), bytes(account.accountSignature)),
    'The account did not sign this device: the source mixes keys of different devices.'
  );
  check(
    'd',
    'account.deviceSignature',
    verifySignature(identity, joined(DEVICE_PREFIX, details, identity, accountKey), bytes(account.deviceSignature)),
    'The device did not sign its account: the source mixes keys of different devices.'
  );
  check('e', 'me.id', (deviceNumber(me.id) ?? 0) > 0, 'me.id names no linked device: its device number must be above 0.');
  const preKeys = records.filter(({ type }) => type === 'pre-key').map(({ id }) => Number(id));
  check(
    'f',
    'nextPreKeyId',
    preKeys.every(id => Number.isSafeInteger(id) && id > 0 && id < nextPreKeyId),
    'nextPreKeyId must be above the number of every pre-key: the credentials are older than the keys.'
  );
  const whole = credentialsOnly ? records.length === 0 : preKeys.length > 0;
  check(
    'g',
    'records',
    whole,
    credentialsOnly
      ? 'The transfer announced credentials only, but contains records.'
      : 'There are no pre-keys: the keys are stored elsewhere or were left out. Without them, some messages cannot be decrypted. Specify the location of the keys too, or import only the credentials.'
  );
  return failed;
}

/** Returns the device number in a jid; `null` if it has none. */
export function deviceNumber(jid: string): number | null {
  const match = /^\d+:(\d+)@s\.whatsapp\.net$/.exec(jid);
  return match === null ? null : Number(match[1]);
}

function isHosted(details: Uint8Array): boolean {
  try {
    return new ProtobufFields(details).number(5) === HOSTED;
  } catch {
    return false;
  }
}

function matches(pair: Pair): boolean {
  return Buffer.from(publicKey('key', bytes(pair.private))).equals(bytes(pair.public));
}

const bytes = (value: unknown): Uint8Array => asBytes(value) ?? new Uint8Array();
const joined = (...parts: (Uint8Array | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap(part => [...part]));
