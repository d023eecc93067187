import { WabusError } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { connectionEnded, messageRefused } from './whatsapp-error.mapper.js';

/** The details of a confirmation. */
export interface Confirmation {
  /** Whether the message went to a LID that no longer belongs to the contact's number. */
  readonly lidReplaced: boolean;
}

interface Waiting {
  readonly resolve: (confirmation: Confirmation) => void;
  readonly reject: (error: Error) => void;
}

/** Waits for WhatsApp's server to confirm sent messages, for which Baileys emits no event. */
export class ServerAcks {
  private readonly waiting = new Map<string, Set<Waiting>>();

  /** Settles the waits for a message with its `<ack class="message">` stanza. */
  receive(ack: BinaryNode): void {
    const { id, error, refresh_lid: refresh } = ack.attrs;
    if (id !== undefined) this.settle(id, error === undefined ? { lidReplaced: refresh === 'true' } : messageRefused(error));
  }

  /**
   * Resolves once WhatsApp has confirmed a message; call it before the message is sent. Rejects with `REFUSED_BY_WHATSAPP`, or with `TIMEOUT` if `signal` is
   * aborted or the connection ends.
   */
  expect(id: string, signal: AbortSignal): Promise<Confirmation> {
    const confirmed = new Promise<Confirmation>((resolve, reject) => {
      const waiting = { resolve, reject };
      this.waiting.set(id, (this.waiting.get(id) ?? new Set()).add(waiting));
      signal.addEventListener('abort', () => this.settle(id, new WabusError('TIMEOUT')), { once: true });
    });
    // The sender may fail before it awaits this promise.
    confirmed.catch(() => undefined);
    return confirmed;
  }

  /** Rejects all waits because the connection ended. */
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
