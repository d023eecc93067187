import { createRequire } from 'node:module';
import { sign, verify } from './curve.js';

/**
 * Import before Baileys: gives the process's libsignal the WebAssembly signatures (its own block the event loop for 5 to 10 ms each), and
 * silences it, since it prints live session secrets with `console.*`. For the simulator's own process only.
 */
const curve = createRequire(import.meta.url)('libsignal/src/curve.js') as {
  calculateSignature(privateKey: Uint8Array, message: Uint8Array): Uint8Array;
  verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, isInit?: boolean): boolean;
};
curve.calculateSignature = sign;
// libsignal takes the signature of an initial key on trust when `isInit` is set; kept as it is.
curve.verifySignature = (publicKey, message, signature, isInit) => isInit === true || verify(publicKey, message, signature);

for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
  console[method] = () => undefined;
}
