import { generateMessageIDV2 } from '@whiskeysockets/baileys';
import type { StormMessage, StormProgress, StormSignal } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import type { World } from '../world/world.js';
import { stormSignal, type SentSignal } from './storm-signals.js';
import { kindOf, linkedReceivers, StormWriter, type Written } from './storm.writer.js';
import { StormTally } from './storm-tally.js';

/** Messages that become due within this time are written together, as after a network pause. */
const BURST_MS = 100;

/** A {@link StormChat} with its accounts resolved. */
export interface StormRoute {
  name: string;
  from: Account[];
  to: Account | Group;
}

export interface SimulatedStormPlan {
  chats: StormRoute[];
  perSecond: number;
  count: number;
  signalsPerSecond: number;
  repeatEvery: number;
  oddEvery: number;
  maxUnconfirmed: number;
}

/** Contacts that write numbered texts into many chats at a steady rate, and an exact record of the texts. */
export class Storm {
  /** In the order of sending. */
  readonly messages: StormMessage[] = [];
  private readonly sentSignals: SentSignal[] = [];
  private readonly ids = new Set<string>();
  private readonly tally: StormTally;
  private readonly writer: StormWriter;
  private readonly writing: Map<string, { written: number; last: Promise<void>; repeatable: Written | null }>;
  private readonly targets: { account: Account; contact: Account }[];
  private readonly timer: NodeJS.Timeout;
  private tickedAt = performance.now();
  /** Fractions of a message and of a signal that are due but not complete yet. */
  private dueMessages = 0;
  private dueSignals = 0;
  private begun = 0;
  private repeated = 0;
  private stopped = false;
  private failure: string | null = null;

  constructor(
    private readonly world: World,
    private readonly plan: SimulatedStormPlan
  ) {
    this.tally = new StormTally(world, this.ids);
    this.writer = new StormWriter(world);
    this.writing = new Map(plan.chats.map(({ name }) => [name, { written: 0, last: Promise.resolve(), repeatable: null }]));
    this.targets = targetsOf(plan.chats);
    this.timer = setInterval(() => this.continue(), BURST_MS);
  }

  get progress(): StormProgress {
    const running = !this.stopped || this.messages.length < this.begun;
    return {
      sent: this.messages.length,
      signals: this.sentSignals.length,
      repeated: this.repeated,
      running,
      failure: this.failure,
      ...this.tally.figures
    };
  }

  get signals(): StormSignal[] {
    return this.sentSignals.map(({ stanzaId, ...signal }) => ({ ...signal, acknowledged: this.tally.isAcknowledged(stanzaId) }));
  }

  /** Starts no further message, and resolves once those in progress are queued for their devices. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await Promise.all([...this.writing.values()].map(({ last }) => last));
  }

  /** Stops and no longer observes the messages. */
  async forget(): Promise<void> {
    await this.stop();
    this.tally.off();
  }

  private continue(): void {
    const now = performance.now();
    const seconds = (now - this.tickedAt) / 1000;
    this.tickedAt = now;
    if (this.unconfirmed() > this.plan.maxUnconfirmed) return;
    this.dueMessages = Math.min(this.dueMessages + seconds * this.plan.perSecond, this.plan.count - this.begun);
    for (; this.dueMessages >= 1; this.dueMessages--) this.write(this.plan.chats[this.begun++ % this.plan.chats.length]!);
    this.dueSignals += seconds * this.plan.signalsPerSecond;
    for (; this.dueSignals >= 1; this.dueSignals--) this.signal();
    if (this.begun >= this.plan.count) void this.stop();
  }

  private unconfirmed(): number {
    let sum = 0;
    for (const { account } of this.targets) for (const device of account.devices.values()) sum += device.outbox.size;
    return sum;
  }

  private write(chat: StormRoute): void {
    const state = this.writing.get(chat.name)!;
    const n = ++state.written;
    const from = chat.from[n % chat.from.length]!;
    const kind = kindOf(n, this.plan.oddEvery);
    const message: Written = { id: generateMessageIDV2(), from, text: `storm ${chat.name} ${n}`, kind };
    const { id, text } = message;
    this.ids.add(id);
    state.last = state.last
      .then(async () => {
        // A message after one that failed would be out of order.
        if (this.failure !== null) return;
        await this.writer.write(message, chat.to);
        await this.repeat(chat, n, message);
        const to = linkedReceivers(chat.to, from).map(({ phoneNumber }) => phoneNumber);
        this.messages.push({ id, chat: chat.name, n, text, kind, to });
      })
      .catch((err: unknown) => {
        this.failure ??= err instanceof Error ? err.message : String(err);
        void this.stop();
      });
  }

  /** Repeats an earlier message, encrypted again. WhatsApp delivers some messages twice, after any length of time (hermes-agent 100481, OpenWA PR 1673). */
  private async repeat(chat: StormRoute, n: number, written: Written): Promise<void> {
    if (n % this.plan.repeatEvery !== 0) return;
    const state = this.writing.get(chat.name)!;
    const earlier = state.repeatable;
    state.repeatable = written;
    if (!earlier) return;
    await this.writer.write(earlier, chat.to);
    this.repeated++;
  }

  private signal(): void {
    const n = this.sentSignals.length + 1;
    // Two in a row to one account: a receipt and a notification.
    const target = this.targets[Math.floor(n / 2) % this.targets.length]!;
    const { signal, stanza } = stormSignal(n, target);
    this.ids.add(signal.stanzaId);
    this.sentSignals.push(signal);
    this.world.deliverToAll(target.account, stanza);
  }
}

/** Returns every linked account that receives messages, with one contact that writes to it. */
function targetsOf(chats: StormRoute[]): { account: Account; contact: Account }[] {
  const contacts = new Map<Account, Account>();
  for (const { from, to } of chats) {
    const contact = from[0]!;
    for (const account of linkedReceivers(to, contact)) if (!contacts.has(account)) contacts.set(account, contact);
  }
  return [...contacts].map(([account, contact]) => ({ account, contact }));
}
