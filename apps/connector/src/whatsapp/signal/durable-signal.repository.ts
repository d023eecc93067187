import { AsyncLocalStorage } from 'node:async_hooks';
import type { Contact, SignalDataSet, SignalKeyStoreWithTransaction, SocketConfig } from '@whiskeysockets/baileys';
import { decodeMessageNode, isHostedPnUser, isLidUser, isPnUser } from '../baileys.js';
import { INBOX_TYPE, type InboxDraft, type InboxPass, type KeptStanza } from '../inbox.js';
import { hashOf } from '../receiving/kept-message.reader.js';
import type { CurrentStanza } from '../receiving/message-reception.js';
import type { DecryptionStep, EarlyDecryption } from './early-decryption.js';
import { joinOtherForm } from './other-form.js';
import type { SocketCredentials } from './socket-credentials.js';

type MakeRepository = SocketConfig['makeSignalRepository'];
type Repository = ReturnType<MakeRepository>;

export interface DurableSignalParts {
  readonly currentStanza: CurrentStanza;
  /** Gets what decrypts stanzas that wait for their turn. */
  readonly early: EarlyDecryption;
  readonly me: () => Contact | undefined;
  /** `giveUp` ends the connection, because what was decrypted cannot be kept, and rejects then. */
  readonly credentials: Pick<SocketCredentials, 'giveUp' | 'writtenLater'>;
}

/** A ciphertext and how it is decrypted. */
interface Sealed {
  readonly ciphertext: Uint8Array;
  /** Of its session record. */
  readonly lock: string;
  readonly decrypt: () => Promise<Uint8Array>;
}

/** Runs a function outside of every key transaction: this file is loaded before there is any. */
const outside = AsyncLocalStorage.snapshot();

/**
 * A Signal repository of Baileys', with every step durable when it settles, and atomic.
 *
 * Baileys calls it from within a transaction of its own that ends after the stanza was sent (`relayMessage`), in which a step would be stored too late: a crash in between
 * makes the next message use the same key again. Here each step is a transaction of its own, under a lock per session record (sending and receiving change the same one),
 * and what it wrote is on disk before its ciphertext can leave. A decryption also stores the plaintext, with its ratchet step, and finds it there when WhatsApp delivers the
 * ciphertext again. The next step of the same session begins when the one before it waits for the disk; the disk gets them in this order.
 */
export function durableSignalRepository(
  { currentStanza, early, me, credentials }: DurableSignalParts,
  make: MakeRepository
): MakeRepository {
  const { giveUp } = credentials;
  return (auth, logger, fetchMappings) => {
    // Baileys has added the transactions before it calls this.
    const keys = auth.keys as SignalKeyStoreWithTransaction;
    const plain = make(auth, logger, fetchMappings);

    /** One lock for one session record, whichever of the two addresses of a contact it is called by. */
    async function lockOf(jid: string): Promise<string> {
      const lid = isPnUser(jid) || isHostedPnUser(jid) ? await plain.lidMapping.getLIDForPN(jid) : null;
      return `session ${plain.jidToSignalProtocolAddress(lid ?? jid)}`;
    }

    /** Decrypts once: afterwards the kept plaintext answers. */
    async function decryptOnce(sealed: Sealed): Promise<Uint8Array> {
      const current = currentStanza.containing(sealed.ciphertext);
      if (!current) return keys.transaction(sealed.decrypt, sealed.lock);
      const { plaintext, written } = early.take(sealed.ciphertext) ?? (await stepOf(sealed, current.stanza, current.pass));
      await written;
      return plaintext;
    }

    async function stepOf({ ciphertext, lock, decrypt }: Sealed, stanza: KeptStanza, pass: InboxPass): Promise<DecryptionStep> {
      const hash = hashOf(ciphertext);
      const kept = await pass.recall(hash);
      if (kept) return { plaintext: kept, written: Promise.resolve() };
      const drafts: { draft: InboxDraft; written: Promise<void> }[] = [];
      try {
        const plaintext = await keys.transaction(async () => {
          const decrypted = await decrypt();
          const draft = await pass.draft({ hash, plaintext: decrypted, stanza }).catch(giveUp);
          drafts.push({ draft, written: credentials.writtenLater(draft.record.value as object) });
          // Baileys hands types that it does not know to the store as they are.
          await keys.set({ [INBOX_TYPE]: { [draft.record.id]: draft.record.value } } as SignalDataSet);
          return decrypted;
        }, lock);
        return { plaintext, written: follow(drafts[0]!) };
      } catch (error) {
        for (const { draft } of drafts) draft.dropped();
        throw error;
      }
    }

    /** The stanza waits for its turn: nothing is done that Baileys does before it decrypts. */
    early.use(async (stanza, { attrs, content }, pass) => {
      const ciphertext = content as Uint8Array;
      const { author, sender, fullMessage } = decodeMessageNode(stanza, me()?.id ?? '', me()?.lid ?? '');
      const jid = await addressOf(author, fullMessage.key.participantAlt ?? fullMessage.key.remoteJidAlt ?? null);
      if (jid === null) return null;
      const group = { group: sender, authorJid: author, msg: ciphertext };
      const sealed: Sealed =
        attrs['type'] === 'skmsg'
          ? { ciphertext, lock: sender, decrypt: () => plain.decryptGroupMessage(group) }
          : { ciphertext, lock: await lockOf(jid), decrypt: () => plain.decryptMessage({ jid, type: 'msg', ciphertext }) };
      return stepOf(sealed, stanza, pass);
    });

    /** The address of an author's session; `null` when Baileys first has to learn which LID belongs to the number. */
    async function addressOf(author: string, other: string | null): Promise<string | null> {
      const lid = [author, other].find(each => isLidUser(each ?? undefined));
      const isKnown = other === null || (lid && (await plain.lidMapping.getPNForLID(lid)) !== null);
      if (!isKnown) return null;
      if (isLidUser(author)) return author;
      return isPnUser(author) && other !== null ? plain.lidMapping.getLIDForPN(author) : null;
    }

    /** A message that was read before is known under neither form. */
    async function decryptInEitherForm(message: Parameters<Repository['decryptMessage']>[0]): Promise<Uint8Array> {
      try {
        return await plain.decryptMessage(message);
      } catch (error) {
        const usedUp = error instanceof Error && error.name === 'MessageCounterError';
        if (usedUp || !(await joinOtherForm(message.jid, plain, keys))) throw error;
        return plain.decryptMessage(message);
      }
    }

    const durable: Repository = {
      ...plain,
      decryptMessage: async message =>
        decryptOnce({
          ciphertext: message.ciphertext,
          lock: await lockOf(message.jid),
          decrypt: () => decryptInEitherForm(message)
        }),
      decryptGroupMessage: message =>
        decryptOnce({ ciphertext: message.msg, lock: message.group, decrypt: () => plain.decryptGroupMessage(message) }),
      encryptMessage: async message => keys.transaction(() => plain.encryptMessage(message), await lockOf(message.jid)),
      injectE2ESession: async bundle => keys.transaction(() => plain.injectE2ESession(bundle), await lockOf(bundle.jid))
    };
    return {
      ...allOutside(durable),
      jidToSignalProtocolAddress: jid => plain.jidToSignalProtocolAddress(jid),
      lidMapping: allOutside(plain.lidMapping)
    };
  };
}

/** Settles the draft of a step with its writing. */
async function follow({ draft, written }: { draft: InboxDraft; written: Promise<void> }): Promise<void> {
  try {
    await written;
  } catch (error) {
    draft.dropped();
    throw error;
  }
  draft.stored();
}

/** An object whose methods all run outside of the caller's transaction. */
function allOutside<T extends object>(target: T): T {
  const wrapped = new Map<unknown, unknown>();
  return new Proxy(target, {
    get(_target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const known = wrapped.get(value) ?? ((...args: unknown[]): unknown => outside(() => Reflect.apply(value, target, args) as unknown));
      wrapped.set(value, known);
      return known;
    }
  });
}
