import type { SignedKeyPair, SocketConfig } from '@whiskeysockets/baileys';
import { preKeyOf, type CredentialsWithKeys } from './signed-pre-key.policy.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

/** Of `PreKeyWhisperMessage`. */
const SIGNED_PRE_KEY_ID_FIELD = 6;

/**
 * A Signal repository that reads first messages with the signed pre-key that they name. Baileys' own store knows the current key only and gives it whatever id is asked for, so that a first
 * message with the one before could not be read.
 */
export function signedPreKeyRepository(make: MakeRepository): MakeRepository {
  return (auth, ...rest) => {
    let named: SignedKeyPair | null = null;
    let turn: Promise<unknown> = Promise.resolve();
    const creds = new Proxy(auth.creds, {
      get: (target, name) => (name === 'signedPreKey' && named ? named : (Reflect.get(target, name) as unknown))
    });
    const repository = make({ ...auth, creds }, ...rest);
    return {
      ...repository,
      decryptMessage: message => {
        if (message.type !== 'pkmsg') return repository.decryptMessage(message);
        // One at a time: the store does not know which message it is asked for.
        const decrypted = turn.then(() => {
          named = keyNamedIn(message.ciphertext, auth.creds);
          return repository.decryptMessage(message).finally(() => (named = null));
        });
        turn = decrypted.catch(() => undefined);
        return decrypted;
      }
    };
  };
}

function keyNamedIn(ciphertext: Uint8Array, credentials: CredentialsWithKeys): SignedKeyPair | null {
  const id = signedPreKeyId(ciphertext);
  // What cannot be read with the current key is requested again, with a bundle of this device.
  return id === null ? null : preKeyOf(credentials, id);
}

/** The id in a first message: a version byte and a protobuf, of which nothing else is looked at. `null` if it is not one. */
export function signedPreKeyId(ciphertext: Uint8Array): number | null {
  let at = 1;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < ciphertext.length && shift < 35; shift += 7) {
      const byte = ciphertext[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return NaN;
  };
  while (at < ciphertext.length) {
    const tag = varint();
    const value = varint();
    if (!Number.isFinite(tag) || !Number.isFinite(value)) return null;
    const wireType = tag % 8;
    if (wireType === 0 && Math.floor(tag / 8) === SIGNED_PRE_KEY_ID_FIELD) return value;
    if (wireType === 2) at += value;
    else if (wireType !== 0) return null;
  }
  return null;
}
