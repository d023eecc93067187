import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { WabusError } from '@wabus/contracts';

const MAC_BYTES = 10;

export interface MediaKeys {
  readonly iv: Uint8Array;
  readonly cipherKey: Uint8Array;
  readonly macKey: Uint8Array;
}

/** The content of an encrypted file, piece by piece. Throws `EGRESS_FAILED` at its end when it is not what its sender encrypted: nothing of it may be used before. */
export async function* deciphered(source: AsyncIterable<Uint8Array>, { iv, cipherKey, macKey }: MediaKeys): AsyncGenerator<Uint8Array> {
  const aes = createDecipheriv('aes-256-cbc', cipherKey, iv);
  const hmac = createHmac('sha256', macKey).update(iv);
  let tail: Uint8Array = new Uint8Array();
  for await (const piece of source) {
    const joined = tail.length === 0 ? piece : Buffer.concat([tail, piece]);
    const whole = joined.subarray(0, Math.max(0, joined.length - MAC_BYTES));
    tail = joined.subarray(whole.length);
    if (whole.length === 0) continue;
    hmac.update(whole);
    yield aes.update(whole);
  }
  const mac = hmac.digest().subarray(0, MAC_BYTES);
  if (tail.length !== MAC_BYTES || !timingSafeEqual(tail, mac)) throw damaged();
  yield aes.final();
}

/** The same pieces. Throws `EGRESS_FAILED` at the end when their hash is another. */
export async function* verified(source: AsyncIterable<Uint8Array>, sha256: Uint8Array): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
  if (!hash.digest().equals(sha256)) throw damaged();
}

function damaged(): WabusError {
  return new WabusError('EGRESS_FAILED', {
    message: 'The file that came is not the one that was sent.',
    details: { reason: 'protocol' }
  });
}
