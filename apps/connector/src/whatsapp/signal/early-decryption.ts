import type { BinaryNode } from '@whiskeysockets/baileys';
import type { InboxPass } from '../inbox.js';

/** Larger ones wait for their turn, so that all that are decrypted early fit into one commit. */
const MAX_BYTES = 8 * 1024;

/** A decryption whose ratchet step and journal entry are on their way to the disk. */
export interface DecryptionStep {
  readonly plaintext: Uint8Array;
  /** Settles when they are on disk; until then nobody may see the plaintext. Rejects when they cannot be stored. */
  readonly written: Promise<void>;
}

/** Decrypts the one ciphertext of a stanza; `null` when that must wait until the stanza is handled. */
export type EarlyDecryptor = (stanza: BinaryNode, ciphertext: BinaryNode, pass: InboxPass) => Promise<DecryptionStep | null>;

/**
 * Decryptions of stanzas that wait for their turn. The commits of many of them are one, while the first is still on its way to the disk.
 * Only for the journal: after a crash the next owner finds each in it, decrypted and without an event.
 */
export class EarlyDecryption {
  private readonly steps = new Map<Uint8Array, DecryptionStep>();
  private decrypt: EarlyDecryptor = () => Promise.resolve(null);

  /** How a stanza is decrypted. */
  use(decrypt: EarlyDecryptor): void {
    this.decrypt = decrypt;
  }

  /** Decrypts a stanza under its pass, if it has one plain ciphertext. Settles before that is on disk, with whether it was done. Never rejects. */
  async open(stanza: BinaryNode, pass: InboxPass): Promise<boolean> {
    const sealed = onlyCiphertext(stanza);
    if (!sealed) return false;
    try {
      const step = await this.decrypt(stanza, sealed, pass);
      if (!step) return false;
      // Whoever takes it handles a rejection.
      step.written.catch(() => undefined);
      this.steps.set(sealed.content as Uint8Array, step);
      return true;
    } catch {
      // It is decrypted, and refused, in its turn.
      return false;
    }
  }

  /** The step that has decrypted this very buffer; once. */
  take(ciphertext: Uint8Array): DecryptionStep | undefined {
    const step = this.steps.get(ciphertext);
    this.steps.delete(ciphertext);
    return step;
  }
}

/** The ciphertext of a stanza in an established session, when it has no other; `null` for everything that Baileys prepares first or reads in several steps. */
export function onlyCiphertext({ attrs, content }: BinaryNode): BinaryNode | null {
  if (!Array.isArray(content) || attrs['category'] === 'peer') return null;
  const sealed = content.filter(({ tag }) => tag === 'enc' || tag === 'plaintext');
  const [only] = sealed;
  if (sealed.length !== 1 || only!.tag !== 'enc' || !(only!.content instanceof Uint8Array)) return null;
  const { type, count } = only!.attrs;
  return (type === 'msg' || type === 'skmsg') && count === undefined && only!.content.length <= MAX_BYTES ? only! : null;
}
