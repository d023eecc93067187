import type { RunningSimulator } from '@wabus/testing';
import type { WabusOptions } from '../wabus.fixture.js';
import type { BenchOptions } from './measurement.js';
import { receiveLoad } from './load-round.js';
import { ConnectorTarget } from './targets/connector-target.js';
import type { LoadTarget } from './targets/load-target.js';
import { StockTarget } from './targets/stock-target.js';

/** The size of a pair and its start options. */
export interface PairOptions {
  readonly sessions: number;
  readonly contacts: number;
  /** The number of sessions that have already exchanged messages with the contacts; all sessions if missing. */
  readonly acquainted?: number;
  /** How the product is started. */
  readonly fixture?: WabusOptions;
}

/** A connector and a process of stock sockets with the same number of linked devices, on one simulator and with the same contacts. */
export class BenchPair implements AsyncDisposable {
  private constructor(
    readonly connector: ConnectorTarget,
    readonly stock: StockTarget,
    readonly contacts: readonly string[]
  ) {}

  static async start(options: BenchOptions, { sessions, contacts, acquainted = sessions, fixture }: PairOptions): Promise<BenchPair> {
    const connector = await ConnectorTarget.start(options, fixture);
    // Stock sockets do not support tokens for strangers.
    await connector.simulator.control.setReachTerms({ salts: 'none' });
    const stock = await StockTarget.start(connector.simulator);
    const pair = new BenchPair(connector, stock, await createContacts(connector.simulator, contacts));
    try {
      await connector.pair(sessions);
      const accounts = await createContacts(connector.simulator, sessions);
      await stock.open(accounts);
      for (const target of pair.targets) await pair.acquaint(target, acquainted);
      return pair;
    } catch (error) {
      await pair.stop();
      throw error;
    }
  }

  get simulator(): RunningSimulator {
    return this.connector.simulator;
  }

  get targets(): readonly [ConnectorTarget, StockTarget] {
    return [this.connector, this.stock];
  }

  /** Creates a group of each account and all contacts; returns the group jids by phone number. */
  async createGroups(phoneNumbers: readonly string[]): Promise<Map<string, string>> {
    const groups = new Map<string, string>();
    for (const phoneNumber of phoneNumbers) {
      const [owner, ...others] = this.contacts;
      const { groupJid } = await this.simulator.control.createGroup({ subject: 'Bench', owner: owner!, members: [...others, phoneNumber] });
      groups.set(phoneNumber, groupJid);
    }
    return groups;
  }

  async stop(): Promise<void> {
    await this.stock.stop();
    await this.connector.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Makes every contact write to this many accounts and get a response, so that the Signal sessions are in the state of a conversation. */
  private async acquaint(target: LoadTarget, sessions: number): Promise<void> {
    const phoneNumbers = target.phoneNumbers.slice(0, sessions);
    await receiveLoad(this.simulator, target, { phoneNumbers, contacts: this.contacts, messagesEach: this.contacts.length });
    for (const phoneNumber of phoneNumbers) {
      for (const contact of this.contacts) await target.send({ phoneNumber, jid: `${contact}@s.whatsapp.net`, messages: 1, parallel: 1 });
    }
    await this.connector.settled();
  }
}

export async function createContacts(simulator: RunningSimulator, count: number): Promise<string[]> {
  const phoneNumbers: string[] = [];
  for (let i = 0; i < count; i++) phoneNumbers.push((await simulator.control.createAccount({ migrated: false })).phoneNumber);
  return phoneNumbers;
}
