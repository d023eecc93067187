import { fastCurve } from './fast-curve.js';

/** The part of Baileys' exported `Curve` that is replaced. */
export interface VerifyingCurve {
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/**
 * Makes Baileys check signatures. Its own `Curve.verify` ignores the answer of libsignal 6 and accepts any 64 bytes, so neither the certificate chain of
 * the server nor the identity of a linking phone is checked. Takes effect on every call from now on.
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
