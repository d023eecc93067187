import type { PhoneDelivery } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import type { World } from '../world.js';

/** A phone's newest messages that are remembered, so that a long demo stays bounded. */
const KEPT = 50_000;

/** Notes for each phone every copy of every message that linked devices of others sent to it: what a real phone gets before it drops second copies. */
export class DeliveryLedger {
  private readonly phones = new Map<Account, Map<string, PhoneDelivery>>();
  private readings = 0;

  constructor(world: World) {
    world.events.on('phone-delivery', ({ account, author, id, chat, text }) => {
      if (author !== account) this.note(account, { id, from: author.jid('pn'), chat, text });
    });
  }

  /** In the order of the first copies. */
  of(account: Account): PhoneDelivery[] {
    return [...(this.phones.get(account)?.values() ?? [])];
  }

  private note(account: Account, copy: Pick<PhoneDelivery, 'id' | 'from' | 'chat' | 'text'>): void {
    const messages = this.phones.get(account) ?? new Map<string, PhoneDelivery>();
    this.phones.set(account, messages);
    const key = `${copy.from} ${copy.id}`;
    const known = messages.get(key);
    const delivery: PhoneDelivery = known ?? { ...copy, text: null, copies: 0, readAs: null };
    delivery.copies++;
    if (copy.text !== null && delivery.readAs === null) Object.assign(delivery, { text: copy.text, readAs: ++this.readings });
    messages.set(key, delivery);
    const [oldest] = messages.keys();
    if (messages.size > KEPT && oldest !== undefined) messages.delete(oldest);
  }
}
