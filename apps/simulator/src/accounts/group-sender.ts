import {
  GroupCipher,
  GroupSessionBuilder,
  SenderKeyMessage,
  SenderKeyName,
  SenderKeyRecord
} from '@whiskeysockets/baileys/lib/Signal/Group/index.js';

/** The two parts of `GroupCipher` that a correct sender needs; `GroupCipher` declares them private. */
interface CipherParts {
  getSenderKey(state: unknown, iteration: number): { getIteration(): number; getIv(): Uint8Array; getCipherKey(): Uint8Array };
  getCipherText(iv: Uint8Array, key: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array>;
}

/**
 * The sender key of one phone in one group. Uses iterations n, n+1, n+2 … as the protocol requires;
 * Baileys' own `GroupCipher.encrypt` skips every other one, which makes the receivers' records grow.
 */
export class GroupSender {
  /** Jids of the devices that have this sender key. */
  readonly distributedTo = new Set<string>();
  private readonly record = new SenderKeyRecord();
  private readonly name: SenderKeyName;
  private readonly store = {
    loadSenderKey: () => Promise.resolve(this.record),
    storeSenderKey: () => Promise.resolve()
  };

  constructor(private readonly groupJid: string) {
    // The name never leaves the sender: each receiver stores the key under the author's address as the receiver sees it.
    const author = { id: 'phone', deviceId: 0, toString: () => 'phone.0' };
    this.name = new SenderKeyName(groupJid, author);
  }

  /** Returns the message that gives this sender key to a device, for the `senderKeyDistributionMessage` of an encrypted one-to-one message. */
  async distribution(): Promise<{ groupId: string; axolotlSenderKeyDistributionMessage: Uint8Array }> {
    const message = await new GroupSessionBuilder(this.store).create(this.name);
    return { groupId: this.groupJid, axolotlSenderKeyDistributionMessage: message.serialize() };
  }

  /** Encrypts padded plaintext with the next key of the chain; {@link distribution} must have been called at least once before. */
  async encrypt(padded: Uint8Array): Promise<Uint8Array> {
    const state = this.record.getSenderKeyState();
    if (!state) throw new Error('the sender key was never distributed');
    const parts = new GroupCipher(this.store, this.name) as unknown as CipherParts;
    const key = parts.getSenderKey(state, state.getSenderChainKey().getIteration());
    const ciphertext = await parts.getCipherText(key.getIv(), key.getCipherKey(), padded);
    return new SenderKeyMessage(state.getKeyId(), key.getIteration(), ciphertext, state.getSigningKeyPrivate()).serialize();
  }
}
