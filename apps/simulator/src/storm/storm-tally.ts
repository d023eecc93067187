import type { PhoneDelivery, StormProgress } from '@wabus/testing';
import type { Account, Device } from '../accounts/account.js';
import type { Stanza } from '../stanza/stanza.js';
import type { World, WorldEvents } from '../world/world.js';

type Passing = WorldEvents['stanza-in'][0];

/** Counts what linked devices did with the messages of one storm, by observing all stanzas. */
export class StormTally {
  private readonly written = new Map<string, number>();
  private readonly retried = new Set<string>();
  private readonly acknowledged = new Set<string>();
  private nacks = 0;
  private readonly onIn = ({ device, stanza }: Passing) => device && this.take(device, stanza);
  private readonly onOut = ({ device, stanza }: Passing) => device && this.send(device, stanza);

  /** `ids` are those of the storm's messages and signals; other stanzas do not count. */
  constructor(
    private readonly world: World,
    private readonly ids: ReadonlySet<string>
  ) {
    world.events.on('stanza-in', this.onIn);
    world.events.on('stanza-out', this.onOut);
  }

  get figures(): Pick<StormProgress, 'retried' | 'nacks' | 'redelivered'> {
    const redelivered = [...this.written.values()].filter(times => times > 1).length;
    return { retried: this.retried.size, nacks: this.nacks, redelivered };
  }

  /** Returns whether a device has confirmed the receipt or notification with this stanza id. */
  isAcknowledged(id: string): boolean {
    return this.acknowledged.has(id);
  }

  off(): void {
    this.world.events.off('stanza-in', this.onIn);
    this.world.events.off('stanza-out', this.onOut);
  }

  private take(device: Device, { tag, attrs }: Stanza): void {
    const { id = '', type, class: kind, error } = attrs;
    if (!this.ids.has(id)) return;
    if (tag === 'receipt' && type === 'retry') this.retried.add(keyOf(device, id));
    if (tag !== 'ack') return;
    if (kind === 'message' && error !== undefined) this.nacks++;
    if (kind === 'receipt' || kind === 'notification') this.acknowledged.add(id);
  }

  private send(device: Device, { tag, attrs }: Stanza): void {
    const { id = '' } = attrs;
    if (tag !== 'message' || !this.ids.has(id)) return;
    const key = keyOf(device, id);
    this.written.set(key, (this.written.get(key) ?? 0) + 1);
  }
}

function keyOf(device: Device, id: string): string {
  return `${device.account.phoneNumber}.${device.id} ${id}`;
}

/** How many of the newest messages are stored per phone, so that a long demo stays bounded. */
const KEPT = 50_000;

/** Records, for each phone, every copy of every message from linked devices of others: what a real phone receives before it drops duplicates. */
export class DeliveryLedger {
  private readonly phones = new Map<Account, Map<string, PhoneDelivery>>();
  private readings = 0;

  constructor(world: World) {
    world.events.on('phone-delivery', ({ account, author, id, chat, text }) => {
      if (author !== account) this.note(account, { id, from: author.jid('pn'), chat, text });
    });
  }

  /** Returns the deliveries of an account in the order of the first copies. */
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
