import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition, type Page, type PageArgs, type SimulatedAccount, type StormChat } from '@wabus/testing';
import { WabusFixture, type WabusOptions } from '../../wabus.fixture.js';
import type { ExpectedMessage } from './storm.checker.js';
import { oddText, type StormEvent } from './storm-event.codec.js';
import { StormLog } from './storm-log.js';
import type { OutwardChat } from './storm.sender.js';

/** The parts of events that are stored outside the log. */
export interface PartFigures {
  readonly parts: number;
  readonly bytes: number;
  /** Parts that an edge did not return unchanged. */
  readonly missing: string[];
}

const PAGE = 5_000;
const WARM_UP_LIMIT_MS = 60_000;
const WARM_UP_PER_SECOND = 20;
const QUIET_MS = 500;

/**
 * The whole product with linked sessions, and contacts that have written to them:
 * each chat has had a message, so that the storm begins in normal operation.
 */
export class StormFixture implements AsyncDisposable {
  private constructor(
    readonly wabus: WabusFixture,
    /** Sessions by the phone number of their account. */
    readonly sessions: ReadonlyMap<string, string>,
    readonly chats: readonly StormChat[],
    readonly outward: readonly OutwardChat[]
  ) {}

  /** Starts this many sessions: each with two contacts of its own, and in groups with the sessions next to it. */
  static async start(sessions: number, options: WabusOptions): Promise<StormFixture> {
    const wabus = await WabusFixture.start(options);
    try {
      const accounts = new Map<string, SimulatedAccount>();
      const ids = Array.from({ length: sessions }, (_, i) => `s${i + 1}`);
      for (const id of ids) accounts.set(id, await wabus.pair(id));
      const contacts = new Map<string, string[]>();
      for (const id of ids)
        contacts.set(id, [(await wabus.control.createAccount({})).phoneNumber, (await wabus.control.createAccount({})).phoneNumber]);
      const chats: StormChat[] = [];
      for (const [i, id] of ids.entries()) {
        const next = ids[(i + 1) % ids.length]!;
        const [one, two] = contacts.get(id)!;
        const to = accounts.get(id)!.phoneNumber;
        const group = { subject: `Group of ${id}`, owner: one!, members: [two!, to, accounts.get(next)!.phoneNumber] };
        const { groupJid } = await wabus.control.createGroup(group);
        chats.push(
          { name: `${id}-one`, from: [one!], to },
          { name: `${id}-two`, from: [two!], to },
          { name: `${id}-group`, from: [one!, two!], groupJid }
        );
      }
      const outward = ids.map(id => ({ session: id, phoneNumber: contacts.get(id)![0]!, jid: `${contacts.get(id)![0]}@s.whatsapp.net` }));
      const byNumber = new Map(ids.map(id => [accounts.get(id)!.phoneNumber, id]));
      const fixture = new StormFixture(wabus, byNumber, chats, outward);
      await fixture.warmUp();
      return fixture;
    } catch (error) {
      await wabus.stop();
      throw error;
    }
  }

  /** URLs of the edges, which stay the same across restarts. */
  get edges(): string[] {
    return this.wabus.clients.map(({ url }) => url);
  }

  /** Returns the messages of contacts in the current storm, for each session that must get them. */
  async expected(): Promise<ExpectedMessage[]> {
    const messages = await allPages(args => this.wabus.control.stormMessages(args));
    return messages.flatMap(({ chat, n, id, kind, to, ...message }) => {
      const text = kind === 'plain' || kind === 'huge' ? message.text : oddText(kind, id);
      return to.map(phoneNumber => ({ receiver: this.sessions.get(phoneNumber)!, chat, n, text }));
    });
  }

  /** Fetches the parts of these events from an edge, each part once. */
  async fetchParts(events: readonly StormEvent[]): Promise<PartFigures> {
    const wanted = new Map(events.flatMap(({ session, parts }) => parts.map(part => [`${session} ${part.media}`, { session, part }])));
    let bytes = 0;
    const missing: string[] = [];
    for (const [name, { session, part }] of wanted) {
      const response = await fetch(`${this.edges[0]}/api/sessions/${session}/media/${part.media}`, {
        headers: { authorization: `Bearer ${this.wabus.token}` }
      });
      const content = Buffer.from(await response.arrayBuffer());
      if (createHash('sha256').update(content).digest('hex') === part.sha256) bytes += content.length;
      else missing.push(`${name}: status ${response.status}`);
    }
    return { parts: wanted.size, bytes, missing };
  }

  stop(): Promise<void> {
    return this.wabus.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Sends messages in every chat and from every session, and waits until all are confirmed and no further event follows. */
  private async warmUp(): Promise<void> {
    const { control, edge, natsUrl } = this.wabus;
    const count = this.chats.length * 2;
    const settled = { waitMs: WARM_UP_LIMIT_MS + (2_000 * count) / WARM_UP_PER_SECOND, what: 'the first messages of every chat' };
    await control.startStorm({ chats: [...this.chats], perSecond: WARM_UP_PER_SECOND, count });
    await awaitCondition(
      () => control.stormProgress(),
      ({ running }) => !running,
      settled
    );
    for (const { session, jid } of this.outward) {
      const hello = { jid, content: { text: `hello from ${session}` } };
      await awaitCondition(
        () => edge.post(`/api/sessions/${session}/messages`, hello),
        ({ status }) => status === 200,
        settled
      );
    }
    await awaitCondition(
      () => control.stats(),
      ({ unconfirmed }) => unconfirmed === 0,
      settled
    );
    await using log = await StormLog.open(natsUrl);
    for (let before = -1, now = 0; now > before; before = now, now = (await log.catchUp()).length) await delay(QUIET_MS);
  }
}

/** Returns all entries of a list that the simulator returns in pages. */
export async function allPages<Entry>(read: (args: PageArgs) => Promise<Page<Entry>>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: Page<Entry> = await read({ after, limit: PAGE });
    entries.push(...page.entries);
    after = page.next;
  }
  return entries;
}
