import {
  BufferJSON,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  generateSignalPubKey,
  initAuthCreds,
  proto,
  unpadRandomMax16,
  type AuthenticationCreds,
  type KeyPair,
  type SignalRepositoryWithLIDStore
} from '@whiskeysockets/baileys';
import { silentLogger } from '../signal/silent-logger.js';
import { stanzaBytes, children, element, type Stanza } from '../stanza/stanza.js';
import type { KeyBundle } from './key-bundle.codec.js';
import { GroupSender } from './group-sender.js';
import { encodePhoneMessage } from './poll-version.codec.js';
import { SignalMemoryStore } from './signal-memory.store.js';

/** A device by its Signal address. */
interface Peer {
  jid(addressing: 'lid'): string;
}

/** The form of {@link Phone.dump}; JSON values only. */
export interface PhoneState {
  creds: string;
  nextPreKey: number;
  records: Record<string, string>;
}

/**
 * A simulated phone: a complete Signal endpoint (identity, pre-keys, sessions, sender keys) inside
 * the server. It is device 0 of its account, and also the contact to which other accounts write.
 */
export class Phone {
  private readonly store: SignalMemoryStore;
  private readonly repository: SignalRepositoryWithLIDStore;
  private readonly senders = new Map<string, GroupSender>();
  private queue: Promise<unknown> = Promise.resolve();
  /** Devices with a new session since sessions were last distrusted; `undefined` while sessions are trusted. */
  private renewed: Set<string> | undefined;

  private constructor(
    private readonly creds: AuthenticationCreds,
    private nextPreKey: number,
    changed: () => void
  ) {
    this.store = new SignalMemoryStore(changed);
    this.repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys: this.store.keys }, silentLogger, () =>
      Promise.resolve([])
    );
  }

  /** Creates a phone with fresh keys; `changed` is called whenever its persistent state has changed. */
  static create(changed: () => void = () => undefined): Phone {
    return new Phone(initAuthCreds(), 1, changed);
  }

  /** Restores a phone as it was when {@link dump} was called, without its sender keys: it distributes new ones. */
  static restore(state: PhoneState, changed: () => void = () => undefined): Phone {
    const phone = new Phone(JSON.parse(state.creds, BufferJSON.reviver) as AuthenticationCreds, state.nextPreKey, changed);
    phone.store.restore(state.records);
    return phone;
  }

  dump(): PhoneState {
    return { creds: JSON.stringify(this.creds, BufferJSON.replacer), nextPreKey: this.nextPreKey, records: this.store.dump() };
  }

  /** The account's identity key pair; it signs the device identities of the companions. */
  get identity(): KeyPair {
    return this.creds.signedIdentityKey;
  }

  get registrationId(): number {
    return this.creds.registrationId;
  }

  /** Runs jobs one after the other, so that messages of one phone are delivered in the order of its ratchets. */
  serially<T>(job: () => Promise<T>): Promise<T> {
    const done = this.queue.then(job);
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** Returns a key bundle with one fresh one-time key, for a device that writes to this phone. */
  async bundle(): Promise<KeyBundle> {
    const id = this.nextPreKey++;
    const preKey = Curve.generateKeyPair();
    await this.store.keys.set({ 'pre-key': { [id]: preKey } });
    const signed = this.creds.signedPreKey;
    return {
      registrationId: this.creds.registrationId,
      identityKey: Buffer.from(this.creds.signedIdentityKey.public),
      signedPreKey: { id: signed.keyId, publicKey: Buffer.from(signed.keyPair.public), signature: Buffer.from(signed.signature) },
      preKey: { id, publicKey: Buffer.from(preKey.public) }
    };
  }

  /** Encrypts for one companion and returns the `<enc>` element; opens a session from the device's uploaded keys if there is none. */
  async encryptFor(device: Peer, message: proto.IMessage, takeBundle: () => KeyBundle): Promise<Stanza> {
    const jid = device.jid('lid');
    const usable = (!this.renewed || this.renewed.has(jid)) && (await this.repository.validateSession(jid)).exists;
    if (!usable) await this.openSession(device, takeBundle());
    const { type, ciphertext } = await this.repository.encryptMessage({ jid, data: encodePhoneMessage(message) });
    return element('enc', { v: '2', type }, ciphertext);
  }

  /** Loses all sessions, like a phone that was set up again: it cannot read the next messages and requests them again. */
  forgetSessions(): Promise<void> {
    return this.serially(() => {
      this.store.forget('session');
      return Promise.resolve();
    });
  }

  /** Loses the sender keys of others, as phones did while groups moved from numbers to LIDs (whatsapp-rust PR 670): it cannot read group messages. */
  forgetSenderKeys(): Promise<void> {
    return this.serially(() => {
      this.store.forget('sender-key');
      return Promise.resolve();
    });
  }

  /**
   * Treats the sessions as older than the messages that they encrypted, as after
   * a crash: every device gets a fresh session before the next message to it.
   * The phone continues to read with the old ones.
   */
  distrustSessions(): void {
    this.renewed = new Set();
  }

  /** Replaces the Signal session with a device by one that is built from `bundle`. */
  async openSession(device: Peer, bundle: KeyBundle): Promise<void> {
    this.renewed?.add(device.jid('lid'));
    await this.repository.injectE2ESession({
      jid: device.jid('lid'),
      session: {
        registrationId: bundle.registrationId,
        identityKey: generateSignalPubKey(bundle.identityKey),
        signedPreKey: {
          keyId: bundle.signedPreKey.id,
          publicKey: generateSignalPubKey(bundle.signedPreKey.publicKey),
          signature: bundle.signedPreKey.signature
        },
        preKey: bundle.preKey && { keyId: bundle.preKey.id, publicKey: generateSignalPubKey(bundle.preKey.publicKey) }
      }
    });
  }

  /**
   * Decrypts every `<enc>` of a message stanza that a device wrote, and stores the sender keys in it. Resolves with the messages in order (own copies
   * unwrapped); rejects with libsignal's error if one cannot be read.
   */
  async decrypt(stanza: Stanza, author: Peer): Promise<proto.IMessage[]> {
    const messages: proto.IMessage[] = [];
    const authorJid = author.jid('lid');
    for (const each of children(stanza, 'enc')) {
      const type = each.attrs['type'];
      const ciphertext = stanzaBytes(each) ?? Buffer.alloc(0);
      const padded =
        type === 'skmsg'
          ? await this.repository.decryptGroupMessage({ group: stanza.attrs['from'] ?? '', authorJid, msg: ciphertext })
          : await this.repository.decryptMessage({ jid: authorJid, type: type === 'pkmsg' ? 'pkmsg' : 'msg', ciphertext });
      const decoded = proto.Message.decode(unpadRandomMax16(padded));
      const message = decoded.deviceSentMessage?.message ?? decoded;
      if (message.senderKeyDistributionMessage) {
        await this.repository.processSenderKeyDistributionMessage({ authorJid, item: message.senderKeyDistributionMessage });
      }
      messages.push(message);
    }
    return messages;
  }

  /** Returns this phone's sender key in a group; creates it on first use. */
  groupSender(groupJid: string): GroupSender {
    const known = this.senders.get(groupJid);
    if (known) return known;
    const sender = new GroupSender(groupJid);
    this.senders.set(groupJid, sender);
    return sender;
  }
}
