import type { StormSignal } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import { element, type Stanza } from '../stanza/stanza.js';

/** A signal with the id of its stanza. */
export type SentSignal = Omit<StormSignal, 'acknowledged'> & { readonly stanzaId: string };

/** Returns the `n`th signal of a storm for an account, and its stanza: odd ones are receipts of a contact, even ones notifications. */
export function stormSignal(
  n: number,
  { contact, account }: { contact: Account; account: Account }
): { signal: SentSignal; stanza: Stanza } {
  const { phoneNumber } = account;
  if (n % 2 === 1) {
    const mark = `STORMRECEIPT${n}`;
    const type = n % 4 === 1 ? 'read' : undefined;
    return {
      signal: { kind: 'receipt', phoneNumber, mark, stanzaId: mark },
      stanza: element('receipt', { id: mark, type, from: contact.jid('pn') })
    };
  }
  const mark = `1999${String(n).padStart(8, '0')}@s.whatsapp.net`;
  const stanzaId = `storm-notification-${n}`;
  return {
    signal: { kind: 'notification', phoneNumber, mark, stanzaId },
    stanza: element('notification', { id: stanzaId, type: 'picture', from: mark }, [element('set', { id: String(n) })])
  };
}
