import { AsyncLocalStorage } from 'node:async_hooks';
import type { SignalDataSet, SignalKeyStoreWithTransaction, SocketConfig } from '@whiskeysockets/baileys';
import { isHostedPnUser, isPnUser } from '../baileys.js';
import { INBOX_TYPE, type InboxDraft } from '../inbox.js';
import { hashOf } from '../receiving/kept-message.reader.js';
import type { CurrentStanza } from '../receiving/message-reception.js';
import { joinOtherForm } from './other-form.js';
import type { SocketCredentials } from './socket-credentials.js';

type MakeRepository = SocketConfig['makeSignalRepository'];
type Repository = ReturnType<MakeRepository>;

export interface DurableSignalParts {
  readonly currentStanza: CurrentStanza;
  /** Ends the connection, because what was decrypted cannot be kept, and rejects then. */
  readonly giveUp: SocketCredentials['giveUp'];
}

/** Runs a function outside of every key transaction: this file is loaded before there is any. */
const outside = AsyncLocalStorage.snapshot();

/**
 * A Signal repository of Baileys', with every step durable when it settles, and atomic.
 *
 * Baileys calls it from within a transaction of its own that ends after the stanza was sent (`relayMessage`), in which a step would be stored too late: a crash in between
 * makes the next message use the same key again. Here each step is a transaction of its own, under a lock per session record (sending and receiving change the same one),
 * and what it wrote is on disk before its ciphertext can leave. A decryption also stores the plaintext, with its ratchet step, and finds it there when WhatsApp delivers the
 * ciphertext again.
 */
export function durableSignalRepository({ currentStanza, giveUp }: DurableSignalParts, make: MakeRepository): MakeRepository {
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
    async function decryptOnce(ciphertext: Uint8Array, lock: string, decrypt: () => Promise<Uint8Array>): Promise<Uint8Array> {
      const current = currentStanza.containing(ciphertext);
      if (!current) return keys.transaction(decrypt, lock);
      const hash = hashOf(ciphertext);
      const kept = await current.pass.recall(hash);
      if (kept) return kept;
      let draft: InboxDraft | null = null;
      try {
        const plaintext = await keys.transaction(async () => {
          const decrypted = await decrypt();
          draft = await current.pass.draft({ hash, plaintext: decrypted, stanza: current.stanza }).catch(giveUp);
          // Baileys hands types that it does not know to the store as they are.
          await keys.set({ [INBOX_TYPE]: { [draft.record.id]: draft.record.value } } as SignalDataSet);
          return decrypted;
        }, lock);
        (draft as InboxDraft | null)?.stored();
        return plaintext;
      } catch (error) {
        (draft as InboxDraft | null)?.dropped();
        throw error;
      }
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
      decryptMessage: async message => decryptOnce(message.ciphertext, await lockOf(message.jid), () => decryptInEitherForm(message)),
      decryptGroupMessage: message => decryptOnce(message.msg, message.group, () => plain.decryptGroupMessage(message)),
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
