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

/** What {@link Phone.dump} answers; JSON values only. */
export interface PhoneState {
  creds: string;
  nextPreKey: number;
  records: Record<string, string>;
}

/**
 * A simulated phone: a complete Signal endpoint (identity, pre-keys, sessions, sender keys) that lives in the server. It is device 0 of
 * its account, and at the same time the contact that other accounts write to.
 */
export class Phone {
  private readonly store: SignalMemoryStore;
  private readonly repository: SignalRepositoryWithLIDStore;
  private readonly senders = new Map<string, GroupSender>();
  private queue: Promise<unknown> = Promise.resolve();
  /** Devices for which a session was opened since sessions were last distrusted; `undefined` while they are trusted. */
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

  /** A new phone with fresh keys; `changed` is called whenever its persistent state has. */
  static create(changed: () => void = () => undefined): Phone {
    return new Phone(initAuthCreds(), 1, changed);
  }

  /** A phone as it was when {@link dump} was called. Sender keys are not kept: it distributes new ones. */
  static restore(state: PhoneState, changed: () => void = () => undefined): Phone {
    const phone = new Phone(JSON.parse(state.creds, BufferJSON.reviver) as AuthenticationCreds, state.nextPreKey, changed);
    phone.store.restore(state.records);
    return phone;
  }

  dump(): PhoneState {
    return { creds: JSON.stringify(this.creds, BufferJSON.replacer), nextPreKey: this.nextPreKey, records: this.store.dump() };
  }

  /** The account's identity key pair; it signs the device identities of its companions. */
  get identity(): KeyPair {
    return this.creds.signedIdentityKey;
  }

  get registrationId(): number {
    return this.creds.registrationId;
  }

  /** Runs jobs one after the other, so that what one phone encrypts is delivered in the order of its ratchets. */
  serially<T>(job: () => Promise<T>): Promise<T> {
    const done = this.queue.then(job);
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** A key bundle with one fresh one-time key, for a device that wants to write to this phone. */
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

  /** Encrypts for one companion and answers the `<enc>` element; opens a session from the device's uploaded keys when there is none. */
  async encryptFor(device: Peer, message: proto.IMessage, takeBundle: () => KeyBundle): Promise<Stanza> {
    const jid = device.jid('lid');
    const usable = (!this.renewed || this.renewed.has(jid)) && (await this.repository.validateSession(jid)).exists;
    if (!usable) await this.openSession(device, takeBundle());
    const { type, ciphertext } = await this.repository.encryptMessage({ jid, data: encodePhoneMessage(message) });
    return element('enc', { v: '2', type }, ciphertext);
  }

  /** Loses all sessions, as a phone that was set up again: what comes next cannot be read and is requested again. */
  forgetSessions(): Promise<void> {
    return this.serially(() => {
      this.store.forget('session');
      return Promise.resolve();
    });
  }

  /** Loses the sender keys of others, as phones did while groups moved from numbers to LIDs (whatsapp-rust PR 670): group messages cannot be read. */
  forgetSenderKeys(): Promise<void> {
    return this.serially(() => {
      this.store.forget('sender-key');
      return Promise.resolve();
    });
  }

  /**
   * The sessions may be older than what was sent with them, as after a crash: every device gets a fresh one before the next message to it.
   * Reading continues with the old ones.
   */
  distrustSessions(): void {
    this.renewed = new Set();
  }

  /** Replaces the Signal session with a device by one made from `bundle`. */
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
   * Decrypts every `<enc>` of a message stanza that a device wrote, and takes in the sender keys it carries. Answers the messages in
   * order (own copies unwrapped); rejects with libsignal's error when one cannot be read.
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

  /** This phone's sender key in a group, made on first use. */
  groupSender(groupJid: string): GroupSender {
    const known = this.senders.get(groupJid);
    if (known) return known;
    const sender = new GroupSender(groupJid);
    this.senders.set(groupJid, sender);
    return sender;
  }
}
