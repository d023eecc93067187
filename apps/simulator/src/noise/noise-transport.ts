import { deflateSync } from 'node:zlib';
import { aesDecryptGCM, aesEncryptGCM, decodeBinaryNode, encodeBinaryNode } from '@whiskeysockets/baileys';
import type { Stanza } from '../stanza/stanza.js';

/** Returns the twelve-byte AES-GCM nonce of a counter: big-endian in the last four bytes. */
export function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(counter, 8);
  return bytes;
}

const NO_DATA = Buffer.alloc(0);
const COMPRESSED_FLAG = 2;
/** Larger responses are sent compressed. */
const COMPRESS_ABOVE_BYTES = 2048;

/** Encrypts and decrypts stanzas after the handshake; each direction has its own key and counter, so calls must follow the order on the wire. */
export class NoiseTransport {
  private readCounter = 0;
  private writeCounter = 0;

  constructor(private readonly keys: { readKey: Buffer; writeKey: Buffer }) {}

  encrypt(stanza: Stanza): Buffer {
    return aesEncryptGCM(pack(stanza), this.keys.writeKey, nonce(this.writeCounter++), NO_DATA);
  }

  /** Decrypts synchronously and decodes asynchronously: the counter advances in the order of the calls. */
  decrypt(ciphertext: Buffer): Promise<Stanza> {
    return decodeBinaryNode(aesDecryptGCM(ciphertext, this.keys.readKey, nonce(this.readCounter++), NO_DATA));
  }
}

/** Returns the flag byte and the binary XML. Only responses are compressed: Baileys inflates asynchronously, so later stanzas would overtake. */
function pack(stanza: Stanza): Buffer {
  const plain = encodeBinaryNode(stanza);
  if (stanza.tag !== 'iq' || plain.length <= COMPRESS_ABOVE_BYTES) return plain;
  return Buffer.concat([Buffer.from([COMPRESSED_FLAG]), deflateSync(plain.subarray(1))]);
}
