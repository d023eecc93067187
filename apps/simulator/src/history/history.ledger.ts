import type { HistoryChunk, HistoryTerms } from '@wabus/testing';
import type { Account, Device } from '../accounts/account.js';
import { decryptServerError } from '../media/media-encryption.codec.js';
import { child, stanzaBytes, type Stanza } from '../stanza/stanza.js';
import { worldSlot } from '../world/world-slot.js';
import type { World } from '../world/world.js';

const DEFAULT_TERMS: HistoryTerms = { uploaded: true, missing: 0, latencyMs: 0, recentChunks: 1 };

export interface SentChunk {
  readonly device: Device;
  chunk: HistoryChunk;
  /** The key of the chunk's file; `null` if the chunk is inside the message. */
  readonly mediaKey: Buffer | null;
  /** Sends the chunk again. */
  readonly again: () => Promise<void>;
}

/** How phones deliver their history, and the outcome of each chunk. */
class HistoryLedger {
  private readonly terms = new WeakMap<Account, HistoryTerms>();
  private readonly entries = new Map<string, SentChunk>();

  constructor(world: World) {
    world.events.on('stanza-in', ({ device, stanza }) => {
      if (device && stanza.tag === 'receipt') this.receipt(device, stanza);
    });
  }

  termsOf(account: Account): HistoryTerms {
    return this.terms.get(account) ?? DEFAULT_TERMS;
  }

  setTerms(account: Account, terms: Partial<HistoryTerms>): HistoryTerms {
    const merged = { ...this.termsOf(account), ...terms };
    this.terms.set(account, merged);
    return merged;
  }

  sent(entry: SentChunk): void {
    this.entries.set(entry.chunk.id, entry);
  }

  /** Returns whether the next upload of an account must be missing, and counts the upload if so. */
  takeMissing(account: Account): boolean {
    const { missing } = this.termsOf(account);
    if (missing > 0) this.setTerms(account, { missing: missing - 1 });
    return missing > 0;
  }

  chunksOf(account: Account): HistoryChunk[] {
    return [...this.entries.values()].filter(({ device }) => device.account === account).map(({ chunk }) => chunk);
  }

  private receipt(device: Device, receipt: Stanza): void {
    const { attrs } = receipt;
    const entry = this.entries.get(attrs['id'] ?? '');
    if (entry?.device !== device) return;
    const note = (state: HistoryChunk['state']): void => void (entry.chunk = { ...entry.chunk, state });
    if (attrs['type'] === 'hist_sync') note('confirmed');
    else if (attrs['type'] === 'peer_msg' && entry.chunk.state === 'sent') note('received');
    else if (attrs['type'] === 'server-error' && asksAgain(device, receipt, entry.mediaKey)) {
      note('asked-again');
      void entry.again();
    }
  }
}

/**
 * Returns whether a receipt requests another upload of a chunk, in the form of WhatsApp
 * Web's `WAWebSendHistSyncServerErrorReceiptJob` (whatsmeow 60c04885, whatsapp-rust PR 643):
 * to the own account, of the category `peer`, encrypted with the key of the file, and without the `<rmr>` of a file in a chat.
 */
function asksAgain({ account }: Device, receipt: Stanza, mediaKey: Buffer | null): boolean {
  const { category, to, id } = receipt.attrs;
  const encrypt = child(receipt, 'encrypt');
  const [ciphertext, iv] = [stanzaBytes(child(encrypt, 'enc_p')), stanzaBytes(child(encrypt, 'enc_iv'))];
  const own = to === account.jid('pn') || to === account.jid('lid');
  if (category !== 'peer' || !own || child(receipt, 'rmr') || !mediaKey || !ciphertext || !iv) return false;
  return decryptServerError(id ?? '', { ciphertext, iv }, mediaKey) === id;
}

export const historyLedgerOf = worldSlot(world => new HistoryLedger(world));
