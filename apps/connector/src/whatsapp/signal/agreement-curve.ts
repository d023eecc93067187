import { randomBytes } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { requireSilently } from './libsignal.loader.js';
import { canSign } from './xeddsa.signature.js';

/** The module behind every key pair and every shared secret of libsignal and Baileys. Public keys are 33 bytes with a leading 5. */
export interface AgreementCurve {
  generateKeyPair(): { pubKey: Buffer; privKey: Buffer };
  /** The secret that both ends of two key pairs compute, 32 bytes. `publicKey` may lack its leading byte. */
  calculateAgreement(publicKey: Uint8Array, privateKey: Uint8Array): Uint8Array;
}

const KEY_TYPE = Buffer.from([5]);

const installed = requireSilently('libsignal/src/curve.js') as AgreementCurve;

/** libsignal's own implementation: OpenSSL, which parses both keys at each call. */
export const opensslAgreement: Readonly<AgreementCurve> = { ...installed };

/**
 * The same by libsodium, measured: a key pair 78 µs instead of 180, a secret 104 µs instead of 593. Linking an account takes 812 pairs, each turn of a
 * conversation two secrets. OpenSSL answers until libsodium is compiled, and to arguments of another form.
 */
export const sodiumAgreement: Readonly<AgreementCurve> = {
  generateKeyPair: () => {
    if (!canSign()) return opensslAgreement.generateKeyPair();
    const privKey = randomBytes(32);
    // Clamped as OpenSSL does it (RFC 7748, section 5): signatures take the key as it is.
    privKey[0]! &= 248;
    privKey[31] = (privKey[31]! & 127) | 64;
    return { pubKey: Buffer.concat([KEY_TYPE, sodium.crypto_scalarmult_base(privKey)]), privKey };
  },
  calculateAgreement: (publicKey, privateKey) => {
    const isTyped = publicKey.length === 33 && publicKey[0] === KEY_TYPE[0];
    if (!canSign() || !isTyped || !Buffer.isBuffer(privateKey) || privateKey.length !== 32)
      return opensslAgreement.calculateAgreement(publicKey, privateKey);
    return Buffer.from(sodium.crypto_scalarmult(privateKey, publicKey.subarray(1)));
  }
};

/** Makes libsignal use libsodium. Must run before Baileys is imported, which binds the functions when it is linked. */
export function installFastAgreement(): void {
  Object.assign(installed, sodiumAgreement);
}
