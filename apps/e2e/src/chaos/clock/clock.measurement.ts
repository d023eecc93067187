import { setTimeout as delay } from 'node:timers/promises';
import type { SessionView } from '@wabus/contracts';
import {
  awaitCondition,
  SteppedClocks,
  WebhookReceiver,
  type EdgeClient,
  type ReceivedDelivery,
  type SimulatedAccount
} from '@wabus/testing';
import { WabusFixture } from '../../wabus.fixture.js';

const HOUR_MS = 3_600_000;
/** The offsets of the clocks from the correct time, in sequence. */
export const CLOCK_STEPS: readonly (readonly [name: string, offsetMs: number])[] = [
  ['one hour ahead', HOUR_MS],
  ['back to the right time', 0],
  ['one hour back', -HOUR_MS],
  ['to the right time again', 0],
  ['one day ahead', 24 * HOUR_MS],
  ['one day back', 0]
];

/** Shorter than every step of a clock: if work takes longer, it has waited for the clock. */
const STALL_MS = 20_000;
const RETRY = { WABUS_WEBHOOK_RETRY_BASE_MS: '500', WABUS_WEBHOOK_RETRY_CAP_MS: '2000', WABUS_WEBHOOK_BREAKER_FAILURES: '2' };

export interface ClockResult {
  readonly step: string;
  /** How long each kind of work took after the step, in ms. */
  readonly tookMs: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** Sets the clocks of a connector and an edge while they work. The simulated WhatsApp, NATS, and the other connector and edge keep the correct time. */
export class ClockScenario implements AsyncDisposable {
  private readonly accounts = new Map<string, SimulatedAccount>();
  private contact!: SimulatedAccount;
  private readonly accepted: ReceivedDelivery[] = [];
  private isFailing = false;
  private written = 0;

  private constructor(
    private readonly wabus: WabusFixture,
    private readonly clocks: SteppedClocks,
    private readonly receiver: WebhookReceiver
  ) {
    receiver.answerWith(delivery => {
      if (this.isFailing) return 500;
      this.accepted.push(delivery);
      return 204;
    });
  }

  static async start(sessions: number): Promise<ClockScenario> {
    const [clocks, receiver] = [new SteppedClocks(), await WebhookReceiver.listen()];
    const nodeArgs = { connectorNodeArgs: clocks.nodeArgs, edgeNodeArgs: clocks.nodeArgs };
    const wabus = await WabusFixture.start({
      connectors: 2,
      edges: 2,
      ...nodeArgs,
      edgeEnv: { WABUS_EGRESS_ALLOW: '127.0.0.1', ...RETRY }
    });
    const scenario = new ClockScenario(wabus, clocks, receiver);
    try {
      scenario.contact = await wabus.control.createAccount({ name: 'Contact' });
      for (let i = 1; i <= sessions; i++) scenario.accounts.set(`s${i}`, await wabus.pair(`s${i}`));
      for (const n of [1, 2]) await wabus.edge.post('/api/webhooks', { url: `${receiver.url}/${n}`, events: ['messages.upsert'] });
      return scenario;
    } catch (error) {
      await scenario[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Sets both clocks, runs every kind of work, and returns how long each took. */
  async step(name: string, offsetMs: number): Promise<ClockResult> {
    const { wabus, clocks } = this;
    const faults: string[] = [];
    const tookMs: Record<string, number> = {};
    const time = async (what: string, work: () => Promise<unknown>): Promise<void> => {
      const began = performance.now();
      await work().catch((error: unknown) => faults.push(`${name}: ${what}: ${String(error)}`));
      tookMs[what] = Math.round(performance.now() - began);
    };
    const before = await this.owners();
    const logins = (await wabus.control.logins({})).length;
    // Deliveries fail while the clocks are set, so that their next attempt is scheduled by the previous clock.
    this.isFailing = true;
    const early = await this.write();
    await awaitCondition(
      () => this.receiver.deliveries.length,
      count => count > 0,
      { what: 'a delivery that fails' }
    );
    clocks.set('c1', offsetMs);
    clocks.set(new URL(wabus.edge.url).port, offsetMs);
    await delay(100);
    this.isFailing = false;
    await time('webhooks', async () => this.delivered([...early, ...(await this.write())]));
    for (const [i, client] of wabus.clients.entries()) await time(`commands of edge ${i + 1}`, () => this.send(client));
    for (const [i, client] of wabus.clients.entries()) await time(`files of edge ${i + 1}`, () => this.file(client));
    await time('resume by time', () => this.resume());
    await time('QR code', () => this.showQr(`q${++this.written}`, offsetMs));
    await time('takeover', () => this.settled(before));
    const after = (await wabus.control.logins({})).length;
    // The session that shows a QR code has not logged in, so it does not count.
    if (after !== logins) faults.push(`${name}: ${after - logins} logins followed`);
    for (const line of this.doubled()) faults.push(`${name}: ${line}`);
    this.receiver.forget();
    this.accepted.length = 0;
    return { step: name, tookMs, faults };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.wabus.stop();
    await this.receiver.close();
    this.clocks.remove();
  }

  private async owners(): Promise<string> {
    const owners = await Promise.all([...this.accounts.keys()].map(async session => (await this.wabus.session(session)).status));
    return owners.map(({ state, connector }) => `${state} ${connector}`).join();
  }

  /** Waits until every session is open on its former owner. */
  private settled(before: string): Promise<unknown> {
    return awaitCondition(
      () => this.owners(),
      now => now === before,
      { waitMs: STALL_MS, what: `owners to be ${before}` }
    );
  }

  /** Sends a message to each session; resolves with the message ids. */
  private async write(): Promise<string[]> {
    const ids: string[] = [];
    for (const { phoneNumber } of this.accounts.values()) {
      const message = { conversation: `written ${++this.written}` };
      ids.push((await this.wabus.control.sendMessage({ from: this.contact.phoneNumber, to: phoneNumber, message })).id);
    }
    return ids;
  }

  /** Waits until both webhooks have accepted all of these messages. */
  private delivered(ids: readonly string[]): Promise<unknown> {
    const missing = (): string[] =>
      ['/hook/1', '/hook/2'].flatMap(hook => ids.filter(id => !this.accepted.some(({ path, body }) => path === hook && body.includes(id))));
    return awaitCondition(missing, left => left.length === 0, { waitMs: STALL_MS, what: 'deliveries to both webhooks' });
  }

  private async send(client: EdgeClient): Promise<void> {
    for (const session of this.accounts.keys()) {
      const content = { text: `sent ${++this.written}` };
      const { status, body } = await client.post(`/api/sessions/${session}/messages`, { jid: this.contact.pnJid, content });
      if (status !== 200) throw new Error(`${session}: status ${status} ${JSON.stringify(body)}`);
    }
  }

  private async file(client: EdgeClient): Promise<void> {
    const form = new FormData();
    form.append('file', new Blob(['a file']), 'a.txt');
    const headers = { authorization: `Bearer ${client.token}` };
    const stored = await fetch(`${client.url}/api/sessions/s1/media`, { method: 'POST', headers, body: form });
    const { media } = (await stored.json()) as { media: string };
    for (const { url } of this.wabus.clients) {
      const read = await fetch(`${url}/api/sessions/s1/media/${media}`, { headers });
      if (read.status !== 200 || (await read.text()) !== 'a file') throw new Error(`status ${read.status}`);
    }
  }

  /** Reads events from both edges, beginning at a time by the correct clock. */
  private async resume(): Promise<void> {
    const since = new Date(Date.now() - 60_000).toISOString();
    for (const client of this.wabus.clients) {
      const { status, body } = await client.get<{ events?: unknown[] }>(`/api/sessions/s1/events?since=${since}&limit=10`);
      if (status !== 200 || (body.events ?? []).length === 0) throw new Error(`status ${status} ${JSON.stringify(body).slice(0, 200)}`);
    }
  }

  /** Waits until both edges show a QR code, and scans it. */
  private async showQr(session: string, offsetMs: number): Promise<void> {
    const { body } = await this.wabus.edge.post<SessionView>('/api/sessions', { session });
    const clock = Date.parse(body.createdAt) - Date.now();
    if (Math.abs(clock - offsetMs) > STALL_MS) throw new Error(`the clock of the edge is ${clock} ms ahead, not ${offsetMs}`);
    for (const client of this.wabus.clients)
      await awaitCondition(
        () => client.get(`/api/sessions/${session}/qr?format=raw`),
        ({ status }) => status === 200,
        { waitMs: STALL_MS, what: 'a QR code' }
      );
    await this.wabus.edge.delete(`/api/sessions/${session}`);
  }

  /** Returns the deliveries that one webhook accepted more than once. */
  private doubled(): string[] {
    const keys = this.accepted.map(({ path, headers }) => `${path} ${String(headers['webhook-id'])}`);
    return keys.filter((one, i) => keys.indexOf(one) !== i).map(one => `accepted again: ${one}`);
  }
}
