const SEED_BYTES = 32;
const PACKED_KEY_BYTES = 4 + SEED_BYTES;

/** The key of one message that has not arrived yet. */
export interface MessageKey {
  iteration: number;
  seed: Buffer;
}

/** A sender's chain in one group, in the form of Baileys' `SenderKeyStateStructure`. */
export interface SenderKeyChain {
  senderKeyId: number;
  senderChainKey: { iteration: number; seed: Buffer };
  senderSigningKey: { public: Buffer; private: Buffer };
  senderMessageKeys: MessageKey[];
}

/** Bytes in the JSON of Baileys' records: as numbers if Baileys wrote them, as Base64 if its `BufferJSON` or this codec did. */
type StoredBytes = { data: string | number[] };

interface StoredChain {
  senderKeyId: number;
  senderChainKey: { iteration: number; seed: StoredBytes };
  senderSigningKey: { public: StoredBytes; private?: StoredBytes };
  senderMessageKeys?: { iteration: number; seed: StoredBytes }[];
  packedMessageKeys?: string;
}

/**
 * Encodes a sender-key record as JSON that Baileys reads too, in which a message key needs 48 bytes instead of 220. Baileys preserves the field of the packed
 * keys when it adds a chain to the record. It cannot use the message keys that it stores itself: it reads them in a form that its cipher refuses.
 */
export function encodeSenderKeyRecord(chains: readonly SenderKeyChain[]): Buffer {
  const stored = chains.map(({ senderKeyId, senderChainKey, senderSigningKey, senderMessageKeys }): StoredChain => ({
    senderKeyId,
    senderChainKey: { iteration: senderChainKey.iteration, seed: bytes(senderChainKey.seed) },
    senderSigningKey: { public: bytes(senderSigningKey.public), private: bytes(senderSigningKey.private) },
    senderMessageKeys: [],
    ...(senderMessageKeys.length > 0 ? { packedMessageKeys: pack(senderMessageKeys) } : {})
  }));
  return Buffer.from(JSON.stringify(stored), 'utf8');
}

/** Decodes the chains of a record in this form or in Baileys' own. Throws if it is neither. */
export function decodeSenderKeyRecord(record: Uint8Array): SenderKeyChain[] {
  const stored = JSON.parse(Buffer.from(record).toString('utf8')) as StoredChain[];
  return stored.map(({ senderKeyId, senderChainKey, senderSigningKey, senderMessageKeys = [], packedMessageKeys }) => ({
    senderKeyId,
    senderChainKey: { iteration: senderChainKey.iteration, seed: buffer(senderChainKey.seed) },
    senderSigningKey: { public: buffer(senderSigningKey.public), private: buffer(senderSigningKey.private) },
    senderMessageKeys: [
      ...unpack(packedMessageKeys ?? ''),
      ...senderMessageKeys.map(({ iteration, seed }) => ({ iteration, seed: buffer(seed) }))
    ]
  }));
}

const bytes = (content: Uint8Array) => ({ type: 'Buffer', data: Buffer.from(content).toString('base64') });

const buffer = (stored: StoredBytes | undefined): Buffer =>
  typeof stored?.data === 'string' ? Buffer.from(stored.data, 'base64') : Buffer.from(stored?.data ?? []);

function pack(keys: readonly MessageKey[]): string {
  const packed = Buffer.alloc(keys.length * PACKED_KEY_BYTES);
  keys.forEach(({ iteration, seed }, index) => {
    packed.writeUInt32BE(iteration, index * PACKED_KEY_BYTES);
    packed.set(seed, index * PACKED_KEY_BYTES + 4);
  });
  return packed.toString('base64');
}

function unpack(text: string): MessageKey[] {
  const packed = Buffer.from(text, 'base64');
  return Array.from({ length: packed.length / PACKED_KEY_BYTES }, (_, index) => {
    const from = index * PACKED_KEY_BYTES;
    return { iteration: packed.readUInt32BE(from), seed: packed.subarray(from + 4, from + PACKED_KEY_BYTES) };
  });
}
