import { requireSilently } from './libsignal.loader.js';
import { canSign, signMessage, verifyMessage } from './xeddsa.signature.js';

/** The module with which libsignal and Baileys create and verify every signature. Public keys are 33 bytes with a leading 5, or 32 bytes without it. */
export interface SignatureCurve {
  calculateSignature(privateKey: Uint8Array, message: Uint8Array): Uint8Array;
  /** Whether a signature is valid. With `withoutCheck`, libsignal accepts any signature of a pre-key bundle. */
  verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, withoutCheck?: boolean): boolean;
}

const KEY_TYPE = Buffer.from([5]);

const installed = requireSilently('libsignal/src/curve.js') as SignatureCurve;

/** libsignal's own implementation, which blocks the process for 7 ms to sign and 10 ms to verify. */
export const pureJavaScriptCurve: Readonly<SignatureCurve> = { ...installed };

/** The implementation with OpenSSL and libsodium, which needs less than 0.1 ms for each operation. Invalid arguments throw like in libsignal. */
export const fastCurve: Readonly<SignatureCurve> = {
  calculateSignature: (privateKey, message) => {
    if (privateKey.length !== 32) throw new TypeError(`a private key must be 32 bytes long, not ${privateKey.length}`);
    return canSign() ? signMessage(privateKey, message) : pureJavaScriptCurve.calculateSignature(privateKey, message);
  },
  verifySignature: (publicKey, message, signature, withoutCheck) => {
    const typedKey = publicKey.length === 32 ? Buffer.concat([KEY_TYPE, publicKey]) : publicKey;
    // With `true`, libsignal checks only the arguments.
    pureJavaScriptCurve.verifySignature(typedKey, message, signature, true);
    return withoutCheck === true || verifyMessage(typedKey.subarray(1), message, signature);
  }
};

/** Makes libsignal use the fast curve. Call it before Baileys is imported, since Baileys binds the functions when it is linked. */
export function installFastCurve(): void {
  Object.assign(installed, fastCurve);
}

/** The part of Baileys' exported `Curve` that is replaced. */
export interface VerifyingCurve {
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/**
 * Makes Baileys verify signatures. Its own `Curve.verify` ignores the result of libsignal 6 and accepts any 64 bytes, so it verifies neither the certificate
 * chain of the server nor the identity of a linking phone. Takes effect for every call from now on.
 */
export function installStrictCurve(curve: VerifyingCurve): void {
  curve.verify = (publicKey, message, signature) => {
    try {
      return fastCurve.verifySignature(Buffer.from(publicKey), message, signature);
    } catch {
      return false;
    }
  };
}
