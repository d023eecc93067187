import type { SignedKeyPair, SocketConfig } from '@whiskeysockets/baileys';
import { preKeyOf, type CredentialsWithKeys } from './signed-pre-key.policy.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

/** The field number in `PreKeyWhisperMessage`. */
const SIGNED_PRE_KEY_ID_FIELD = 6;

/**
 * Wraps a Signal repository to decrypt first messages with the signed pre-key whose id they contain. Baileys' own store has only the current key and returns it
 * for every id, so that a first message with a former key would be unreadable.
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
        // One message at a time, since the store cannot tell for which message it is called.
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
  // If the message cannot be read with the current key, it is requested again, with a bundle of this device.
  return id === null ? null : preKeyOf(credentials, id);
}

/** Reads the signed pre-key id in a first message, which is a version byte and a protobuf. Reads no other field; `null` if there is no such id. */
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
