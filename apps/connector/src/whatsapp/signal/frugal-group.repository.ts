import type { SignalAuthState, SignalKeyStoreWithTransaction, SignalRepositoryWithLIDStore } from '@whiskeysockets/baileys';
import { GroupCipher, SenderKeyMessage, SenderKeyName, SenderKeyRecord } from '../baileys.js';
import { decodeSenderKeyRecord, encodeSenderKeyRecord, type SenderKeyChain } from './sender-key-record.codec.js';

/** `GroupCipher` keeps its two working parts private; they are what a correct sender needs. */
interface CipherParts {
  getSenderKey(state: unknown, iteration: number): { getIteration(): number; getIv(): Uint8Array; getCipherKey(): Uint8Array };
  getCipherText(iv: Uint8Array, key: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array>;
}

/**
 * Group messages at a constant cost. Baileys' `GroupCipher.encrypt` skips every other iteration of the chain, so that sender and receivers keep a key for each
 * message that never comes. Here an own message takes the next iteration and its sender keeps no message keys; what others skipped is kept as the protocol says,
 * up to 2,000 keys for each chain, in a smaller form and so that late messages can be read. Everything else is the given repository's.
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
        // Makes the key when there is none yet.
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

/** The sender-key records of a session in the form of the codec. */
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

  /** Only the sender moves this chain, so that no message key is needed twice. */
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

/** `address` is `<user>.<device>`. */
function senderKeyName(group: string, address: string): SenderKeyName {
  const dot = address.lastIndexOf('.');
  return new SenderKeyName(group, { id: address.slice(0, dot), deviceId: Number(address.slice(dot + 1)), toString: () => address });
}
