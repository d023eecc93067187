import type { BinaryNode } from '@whiskeysockets/baileys';
import type { InboxPass } from '../inbox.js';

/** Larger ciphertexts wait for their turn, so that all early decryptions fit into one commit. */
const MAX_BYTES = 8 * 1024;

/** A decryption whose ratchet step and journal entry are being written. */
export interface DecryptionStep {
  readonly plaintext: Uint8Array;
  /** Resolves once they are on disk; until then, the plaintext must not be used. Rejects if they cannot be stored. */
  readonly written: Promise<void>;
}

/** Decrypts the only ciphertext of a stanza; resolves to `null` if that must wait until the stanza is handled. */
export type EarlyDecryptor = (stanza: BinaryNode, ciphertext: BinaryNode, pass: InboxPass) => Promise<DecryptionStep | null>;

/**
 * Decrypts stanzas that wait for their turn. While the first decryption is still being written, many others share one commit.
 * It requires the journal: after a crash, the next owner finds each stanza there, decrypted and without an event.
 */
export class EarlyDecryption {
  private readonly steps = new Map<Uint8Array, DecryptionStep>();
  private decrypt: EarlyDecryptor = () => Promise.resolve(null);

  /** Sets the function that decrypts stanzas. */
  use(decrypt: EarlyDecryptor): void {
    this.decrypt = decrypt;
  }

  /** Decrypts a stanza if it has exactly one plain ciphertext. Resolves to whether it was decrypted, before that is on disk. Never rejects. */
  async open(stanza: BinaryNode, pass: InboxPass): Promise<boolean> {
    const sealed = onlyCiphertext(stanza);
    if (!sealed) return false;
    try {
      const step = await this.decrypt(stanza, sealed, pass);
      if (!step) return false;
      // The caller of `take` handles a rejection.
      step.written.catch(() => undefined);
      this.steps.set(sealed.content as Uint8Array, step);
      return true;
    } catch {
      // The stanza is decrypted in its turn, and refused if it fails again.
      return false;
    }
  }

  /** Removes and returns the step that has decrypted this very buffer. */
  take(ciphertext: Uint8Array): DecryptionStep | undefined {
    const step = this.steps.get(ciphertext);
    this.steps.delete(ciphertext);
    return step;
  }
}

/** Returns the only ciphertext of a stanza in an established session; `null` for stanzas that Baileys must prepare first or reads in several steps. */
export function onlyCiphertext({ attrs, content }: BinaryNode): BinaryNode | null {
  if (!Array.isArray(content) || attrs['category'] === 'peer') return null;
  const sealed = content.filter(({ tag }) => tag === 'enc' || tag === 'plaintext');
  const [only] = sealed;
  if (sealed.length !== 1 || only!.tag !== 'enc' || !(only!.content instanceof Uint8Array)) return null;
  const { type, count } = only!.attrs;
  return (type === 'msg' || type === 'skmsg') && count === undefined && only!.content.length <= MAX_BYTES ? only! : null;
}
