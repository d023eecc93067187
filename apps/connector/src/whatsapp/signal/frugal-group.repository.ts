import type { SignalAuthState, SignalKeyStoreWithTransaction, SignalRepositoryWithLIDStore } from '@whiskeysockets/baileys';
import { GroupCipher, SenderKeyMessage, SenderKeyName, SenderKeyRecord } from '../baileys.js';
import { decodeSenderKeyRecord, encodeSenderKeyRecord, type SenderKeyChain } from './sender-key-record.codec.js';

/** The private methods of `GroupCipher` that a correct sender needs. */
interface CipherParts {
  getSenderKey(state: unknown, iteration: number): { getIteration(): number; getIv(): Uint8Array; getCipherKey(): Uint8Array };
  getCipherText(iv: Uint8Array, key: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array>;
}

/**
 * Wraps a repository so that group messages have a constant cost. Baileys' `GroupCipher.encrypt` skips every other iteration of the chain, so that sender and
 * receivers store a key for each message that never arrives. Here a sent message uses the next iteration, and its sender stores no message keys. The keys of
 * iterations that others skipped are stored according to the protocol, up to 2,000 for each chain, in a smaller form and so that late messages can be read.
 */
export function frugalGroups(
  repository: SignalRepositoryWithLIDStore,
  { keys }: Pick<SignalAuthState, 'keys'>
): SignalRepositoryWithLIDStore {
  const store = new SenderKeyStore(keys as SignalKeyStoreWithTransaction);
  const nameOf = (group: string, jid: string): SenderKeyName => senderKeyName(group, repository.jidToSignalProtocolAddress(jid));
  return {
    ...repository,
    encryptGroupMessage: ({ group, meId, data }) =>
      store.transaction(group, async () => {
        // This creates the key if there is none yet.
        const senderKeyDistributionMessage = await repository.getSenderKeyDistributionMessage({ group, meId });
        const name = nameOf(group, meId);
        const record = await store.loadSenderKey(name);
        const ciphertext = await encryptWithNext(record, new GroupCipher(store, name) as unknown as CipherParts, data);
        await store.storeOwn(name, record);
        return { ciphertext, senderKeyDistributionMessage };
      }),
    decryptGroupMessage: ({ group, authorJid, msg }) =>
      store.transaction(group, () => new GroupCipher(store, nameOf(group, authorJid)).decrypt(msg))
  };
}

async function encryptWithNext(record: SenderKeyRecord, cipher: CipherParts, padded: Uint8Array): Promise<Uint8Array> {
  const chain = record.getSenderKeyState();
  if (!chain) throw new Error('the sender key has no chain');
  const key = cipher.getSenderKey(chain, chain.getSenderChainKey().getIteration());
  const ciphertext = await cipher.getCipherText(key.getIv(), key.getCipherKey(), padded);
  return new SenderKeyMessage(chain.getKeyId(), key.getIteration(), ciphertext, chain.getSigningKeyPrivate()).serialize();
}

/** Reads and writes the sender-key records of a session with the codec. */
class SenderKeyStore {
  constructor(private readonly keys: SignalKeyStoreWithTransaction) {}

  transaction<T>(group: string, work: () => Promise<T>): Promise<T> {
    return this.keys.transaction(work, group);
  }

  async loadSenderKey(name: SenderKeyName): Promise<SenderKeyRecord> {
    const id = name.toString();
    const { [id]: record } = await this.keys.get('sender-key', [id]);
    return new SenderKeyRecord(record ? decodeSenderKeyRecord(record) : []);
  }

  storeSenderKey(name: SenderKeyName, record: SenderKeyRecord): Promise<void> {
    return this.write(name, record.serialize() as SenderKeyChain[]);
  }

  /** Stores the chain of this device without message keys: only the sender advances it, so no message key is needed later. */
  storeOwn(name: SenderKeyName, record: SenderKeyRecord): Promise<void> {
    return this.write(
      name,
      (record.serialize() as SenderKeyChain[]).map(chain => ({ ...chain, senderMessageKeys: [] }))
    );
  }

  private async write(name: SenderKeyName, chains: SenderKeyChain[]): Promise<void> {
    await this.keys.set({ 'sender-key': { [name.toString()]: encodeSenderKeyRecord(chains) } });
  }
}

/** Returns the name of a sender key. `address` is `<user>.<device>`. */
function senderKeyName(group: string, address: string): SenderKeyName {
  const dot = address.lastIndexOf('.');
  return new SenderKeyName(group, { id: address.slice(0, dot), deviceId: Number(address.slice(dot + 1)), toString: () => address });
}
