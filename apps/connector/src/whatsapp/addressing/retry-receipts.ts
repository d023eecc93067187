import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { isLidUser, isPnUser, jidDecode, jidEncode } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';

/** So many authors are known at a time. */
const AUTHORS = 5_000;

/**
 * Baileys asks for a message again at the jid that it came from. An account that writes to LIDs asks at the author's LID, which the message names (zapo 8975ad6: other retry
 * receipts are refused).
 */
export class RetryReceipts {
  private readonly lids = new BoundedCache<string, string>({ max: AUTHORS });

  /** `byLid`: the account writes to LIDs, as far as is known now. */
  constructor(private readonly byLid: () => boolean) {}

  /** From now on learns the LIDs of authors from their messages, each before Baileys handles it. */
  attach(stanzas: EventEmitter): void {
    stanzas.prependListener('CB:message', ({ attrs: { from, sender_lid: lid } }: BinaryNode) => {
      if (isPnUser(from) && isLidUser(lid)) this.lids.set(jidDecode(from)!.user, jidDecode(lid)!.user);
    });
  }

  /** Part of `interceptNode`. */
  intercept(node: BinaryNode): BinaryNode {
    const { tag, attrs } = node;
    if (tag !== 'receipt' || attrs['type'] !== 'retry' || !isPnUser(attrs['to']) || !this.byLid()) return node;
    const { user, device } = jidDecode(attrs['to'])!;
    const lid = this.lids.get(user);
    return lid === undefined ? node : { ...node, attrs: { ...attrs, to: jidEncode(lid, 'lid', device) } };
  }
}
