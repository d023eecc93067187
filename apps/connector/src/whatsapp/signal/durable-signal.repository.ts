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
  /** Receives the function that decrypts stanzas that wait for their turn. */
  readonly early: EarlyDecryption;
  readonly me: () => Contact | undefined;
  /** `giveUp` ends the connection because a plaintext cannot be stored, and rejects. */
  readonly credentials: Pick<SocketCredentials, 'giveUp' | 'writtenLater'>;
}

/** A ciphertext with the function that decrypts it. */
interface Sealed {
  readonly ciphertext: Uint8Array;
  /** The lock of its session record. */
  readonly lock: string;
  readonly decrypt: () => Promise<Uint8Array>;
}

/** Runs a function outside any key transaction: the snapshot is taken at load time, before any transaction. */
const outside = AsyncLocalStorage.snapshot();

/**
 * Wraps Baileys' Signal repository so that every step is atomic, and durable when it settles.
 *
 * Baileys calls the repository inside a transaction that ends after the stanza was sent (`relayMessage`). In it, a step would be stored too late: after a crash
 * in between, the next message would use the same key again. Here each step is a transaction of its own, under a lock per session record (sending and receiving
 * change the same record), and its changes are on disk before its ciphertext can be sent. A decryption also stores the plaintext with its ratchet step, and
 * finds it there if WhatsApp delivers the ciphertext again. The next step of the same session begins while the previous step is being written; the writes stay
 * in this order.
 */
export function durableSignalRepository(
  { currentStanza, early, me, credentials }: DurableSignalParts,
  make: MakeRepository
): MakeRepository {
  const { giveUp } = credentials;
  return (auth, logger, fetchMappings) => {
    // Baileys has added transactions to the key store before it calls this.
    const keys = auth.keys as SignalKeyStoreWithTransaction;
    const plain = make(auth, logger, fetchMappings);

    /** Resolves to the lock of a session record, which is the same for both jids of a contact. */
    async function lockOf(jid: string): Promise<string> {
      const lid = isPnUser(jid) || isHostedPnUser(jid) ? await plain.lidMapping.getLIDForPN(jid) : null;
      return `session ${plain.jidToSignalProtocolAddress(lid ?? jid)}`;
    }

    /** Decrypts a ciphertext once; later calls resolve to the stored plaintext. */
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
          // Baileys passes unknown types to the store unchanged.
          await keys.set({ [INBOX_TYPE]: { [draft.record.id]: draft.record.value } } as SignalDataSet);
          return decrypted;
        }, lock);
        return { plaintext, written: follow(drafts[0]!) };
      } catch (error) {
        for (const { draft } of drafts) draft.dropped();
        throw error;
      }
    }

    /** Decrypts a stanza that waits for its turn, so without the steps that Baileys takes before it decrypts. */
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

    /** Resolves to the jid of an author's session; `null` if Baileys first has to learn which LID belongs to the number. */
    async function addressOf(author: string, other: string | null): Promise<string | null> {
      const lid = [author, other].find(each => isLidUser(each ?? undefined));
      const isKnown = other === null || (lid && (await plain.lidMapping.getPNForLID(lid)) !== null);
      if (!isKnown) return null;
      if (isLidUser(author)) return author;
      return isPnUser(author) && other !== null ? plain.lidMapping.getLIDForPN(author) : null;
    }

    /** Decrypts a message; if that fails, joins the sessions of both jids and retries, except for a message that was read before. */
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

/** Reports the outcome of a write to its draft. */
async function follow({ draft, written }: { draft: InboxDraft; written: Promise<void> }): Promise<void> {
  try {
    await written;
  } catch (error) {
    draft.dropped();
    throw error;
  }
  draft.stored();
}

/** Wraps an object so that all its methods run outside the caller's transaction. */
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
