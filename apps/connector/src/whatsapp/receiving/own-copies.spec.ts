import type { BinaryNode } from '@whiskeysockets/baileys';
import { OwnCopies } from './own-copies.js';

const OWN = '4912@s.whatsapp.net';
const ack: BinaryNode = { tag: 'ack', attrs: { id: 'A', class: 'message' } };

describe('OwnCopies', () => {
  it('confirms a copy with a receipt', () => {
    const copies = new OwnCopies(jid => jid === OWN);
    copies.note({ tag: 'message', attrs: { id: 'A', from: OWN, recipient: '77@lid' } });
    expect(copies.confirmed(ack)).toEqual({ tag: 'receipt', attrs: { id: 'A', to: OWN, type: 'sender', recipient: '77@lid' } });
  });

  it("acknowledges somebody else's message with the same id", () => {
    const copies = new OwnCopies(jid => jid === OWN);
    copies.note({ tag: 'message', attrs: { id: 'A', from: OWN, recipient: '77@lid' } });
    copies.note({ tag: 'message', attrs: { id: 'A', from: '77@lid' } });
    expect(copies.confirmed(ack)).toBe(ack);
  });
});
