import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { isLidUser, isPnUser, jidDecode, jidEncode } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';

/** The number of authors in memory. */
const AUTHORS = 5_000;

/**
 * Corrects the addresses of retry receipts. Baileys sends a retry receipt to the jid that the message came from. An account that addresses LIDs must send it
 * to the author's LID, which is in the message (zapo 8975ad6: WhatsApp refuses other retry receipts).
 */
export class RetryReceipts {
  private readonly lids = new BoundedCache<string, string>({ max: AUTHORS });

  /** `byLid` returns whether the account is currently known to address LIDs. */
  constructor(private readonly byLid: () => boolean) {}

  /** Learns the LIDs of authors from their messages from now on, before Baileys handles each message. */
  attach(stanzas: EventEmitter): void {
    stanzas.prependListener('CB:message', ({ attrs: { from, sender_lid: lid } }: BinaryNode) => {
      if (isPnUser(from) && isLidUser(lid)) this.lids.set(jidDecode(from)!.user, jidDecode(lid)!.user);
    });
  }

  /** Returns a retry receipt with the author's LID as its address, and any other stanza unchanged. Part of `interceptNode`. */
  intercept(node: BinaryNode): BinaryNode {
    const { tag, attrs } = node;
    if (tag !== 'receipt' || attrs['type'] !== 'retry' || !isPnUser(attrs['to']) || !this.byLid()) return node;
    const { user, device } = jidDecode(attrs['to'])!;
    const lid = this.lids.get(user);
    return lid === undefined ? node : { ...node, attrs: { ...attrs, to: jidEncode(lid, 'lid', device) } };
  }
}
