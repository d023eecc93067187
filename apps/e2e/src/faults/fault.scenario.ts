import type { SessionView } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture, type WabusOptions } from '../wabus.fixture.js';
import { breaches, ownerWrites, unsettled, type OwnershipFacts } from './ownership.checker.js';
import { OwnershipJournal } from './ownership.journal.js';

export interface AwaitedRecovery {
  /** The fault, for people. */
  readonly fault: string;
  /** When recovery was due to begin, by `Date.now()`. */
  readonly since: number;
  /** Connectors that may own sessions afterwards. */
  readonly connectors: readonly string[];
  readonly waitMs?: number;
}

/** The whole product with linked sessions, into which faults are injected one after another. */
export class FaultScenario implements AsyncDisposable {
  readonly accounts = new Map<string, SimulatedAccount>();
  /** Recovery times in ms by fault. */
  readonly recoveries = new Map<string, number>();
  private contact!: SimulatedAccount;
  private probes = 0;

  private constructor(
    readonly wabus: WabusFixture,
    readonly journal: OwnershipJournal
  ) {}

  static async start(sessions: number, options: WabusOptions): Promise<FaultScenario> {
    const wabus = await WabusFixture.start(options);
    try {
      const scenario = new FaultScenario(wabus, await OwnershipJournal.open(wabus.natsUrl));
      scenario.contact = await wabus.control.createAccount({ name: 'Contact' });
      for (let i = 1; i <= sessions; i++) scenario.accounts.set(`s${i}`, await wabus.pair(`s${i}`));
      return scenario;
    } catch (error) {
      await wabus.stop();
      throw error;
    }
  }

  /** The jid of the contact that writes to the sessions. */
  get contactJid(): string {
    return this.contact.pnJid;
  }

  /** Returns the sessions that a connector owns according to their status. */
  async sessionsOf(connector: string): Promise<string[]> {
    return (await this.views()).filter(({ status }) => status.connector === connector).map(({ session }) => session);
  }

  /** Waits until each of these connectors has sessions, and returns them by connector. */
  async awaitShares(...connectors: string[]): Promise<Map<string, string[]>> {
    const shares = await awaitCondition(
      async () => Promise.all(connectors.map(connector => this.sessionsOf(connector))),
      all => all.every(share => share.length > 0) && all.flat().length === this.accounts.size,
      { waitMs: 30_000, what: `sessions on each of ${connectors.join(', ')}` }
    );
    return new Map(connectors.map((connector, i) => [connector, shares[i]!]));
  }

  /** Returns the current epoch of each session. */
  epochs(): Map<string, number> {
    return new Map([...this.accounts.keys()].map(session => [session, ownerWrites(this.journal.entries, session).at(-1)!.sequence]));
  }

  /** Returns all data that the checker judges. */
  async facts(connectors: readonly string[]): Promise<OwnershipFacts> {
    const [views, logins, stats] = await Promise.all([this.views(), this.wabus.control.logins({}), this.wabus.control.stats({})]);
    const sessions = views.map(({ session, status }) => ({ status, phoneNumber: this.accounts.get(session)?.phoneNumber ?? '' }));
    return { sessions, connectors, logins, conflicts: stats.conflicts, journal: this.journal.entries };
  }

  /**
   * Waits until every session is open on exactly one of the connectors and has sent a
   * message, prints how long that took, and returns all breaches of ownership so far.
   */
  async recovered({ fault, since, connectors, waitMs = 30_000 }: AwaitedRecovery): Promise<string[]> {
    const read = async (): Promise<string[]> => {
      const open = unsettled(await this.facts(connectors));
      // The journal's ordered consumer may stall for a while after the loss of its server.
      if (open.some(text => text.includes('not as its status says'))) await this.journal.catchUp();
      return open;
    };
    const settled = (): Promise<unknown> => awaitCondition(read, open => open.length === 0, { waitMs, what: `recovery after ${fault}` });
    await settled();
    // The records may date from before the fault; a sent message proves that a session works.
    await Promise.all([...this.accounts.keys()].map(session => this.probe(session, waitMs)));
    await settled();
    const tookMs = Date.now() - since;
    this.recoveries.set(fault, tookMs);
    process.stderr.write(`recovery after ${fault}: ${tookMs} ms\n`);
    await this.journal.catchUp();
    return breaches(await this.facts(connectors));
  }

  /** Makes the contact write to a session. Returns the id of the message. */
  async writeTo(session: string): Promise<string> {
    const { id } = await this.wabus.control.sendMessage({
      from: this.contact.phoneNumber,
      to: this.accounts.get(session)!.phoneNumber,
      message: { conversation: `to ${session} ${++this.probes}` }
    });
    return id;
  }

  async stop(): Promise<void> {
    await this.journal.close();
    await this.wabus.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Returns every session as the edge does. */
  async views(): Promise<SessionView[]> {
    const { status, body } = await this.wabus.edge.get<{ sessions: SessionView[] }>('/api/sessions');
    if (status !== 200) throw new Error(`sessions cannot be listed: ${status}`);
    return body.sessions;
  }

  private async probe(session: string, waitMs: number): Promise<void> {
    const text = `from ${session} ${++this.probes}`;
    await awaitCondition(
      () => this.wabus.edge.post(`/api/sessions/${session}/messages`, { jid: this.contact.pnJid, content: { text } }),
      ({ status }) => status === 200,
      { waitMs, what: `a message out of ${session}` }
    );
  }
}
