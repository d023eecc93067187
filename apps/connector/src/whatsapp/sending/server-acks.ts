import { WabusError } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { connectionEnded, messageRefused } from './whatsapp-error.mapper.js';

/** Further facts of a confirmation. */
export interface Confirmation {
  /** The message went to a LID that the number of the contact has no longer. */
  readonly lidReplaced: boolean;
}

interface Waiting {
  readonly resolve: (confirmation: Confirmation) => void;
  readonly reject: (error: Error) => void;
}

/** Waits for WhatsApp's server to confirm sent messages. Baileys emits no event for it. */
export class ServerAcks {
  private readonly waiting = new Map<string, Set<Waiting>>();

  /** An `<ack class="message">` stanza. */
  receive(ack: BinaryNode): void {
    const { id, error, refresh_lid: refresh } = ack.attrs;
    if (id !== undefined) this.settle(id, error === undefined ? { lidReplaced: refresh === 'true' } : messageRefused(error));
  }

  /**
   * Settles at the confirmation of a message; call it before the message is sent. Rejects with `REFUSED_BY_WHATSAPP`, or with `TIMEOUT` at the abort or the end
   * of the connection.
   */
  expect(id: string, signal: AbortSignal): Promise<Confirmation> {
    const confirmed = new Promise<Confirmation>((resolve, reject) => {
      const waiting = { resolve, reject };
      this.waiting.set(id, (this.waiting.get(id) ?? new Set()).add(waiting));
      signal.addEventListener('abort', () => this.settle(id, new WabusError('TIMEOUT')), { once: true });
    });
    // The sender may fail before it comes to wait for this.
    confirmed.catch(() => undefined);
    return confirmed;
  }

  /** The connection ended: no confirmation comes any more. */
  end(): void {
    for (const id of [...this.waiting.keys()]) this.settle(id, connectionEnded());
  }

  private settle(id: string, outcome: WabusError | Confirmation): void {
    for (const { resolve, reject } of this.waiting.get(id) ?? []) {
      if (outcome instanceof WabusError) reject(outcome);
      else resolve(outcome);
    }
    this.waiting.delete(id);
  }
}
