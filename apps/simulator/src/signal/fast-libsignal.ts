import { createRequire } from 'node:module';
import { installStrictSessions } from './careful-sessions.js';
import { signWithCurve, verify } from './curve.js';

const load = createRequire(import.meta.url);

// One job queue per address for the whole process would run the job of one phone in the asynchronous context, and so in the key transaction, of
// another phone that writes to the same device. Each phone already runs one job at a time.
const queue = load.resolve('libsignal/src/queue_job.js');
load(queue);
load.cache[queue]!.exports = (_address: string, job: () => Promise<unknown>): Promise<unknown> => job();

installStrictSessions();

/**
 * Import before Baileys: gives the process's libsignal fast signatures (its own block the event loop for 5 to 10 ms each), starts its jobs
 * immediately, and silences it, because it prints live session secrets with `console.*`. For the simulator's own process only.
 */
const curve = load('libsignal/src/curve.js') as {
  calculateSignature(privateKey: Uint8Array, message: Uint8Array): Uint8Array;
  verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, isInit?: boolean): boolean;
};
curve.calculateSignature = signWithCurve;
// libsignal does not verify the signature of an initial key if `isInit` is set; this behavior is preserved.
curve.verifySignature = (publicKey, message, signature, isInit) => isInit === true || verify(publicKey, message, signature);

for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
  console[method] = () => undefined;
}
