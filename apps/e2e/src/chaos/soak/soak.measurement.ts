import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition, BinaryNatsServer, type LaunchedProcess } from '@wabus/testing';
import { stormMessagesIn } from '../storm/storm-event.codec.js';
import { judgeMessages, type ExpectedMessage, type StormVerdict } from '../storm/storm.checker.js';
import { StormConsumer } from '../storm/storm.consumer.js';
import { StormFixture } from '../storm/storm.fixture.js';
import { StormLog } from '../storm/storm-log.js';
import { fillStore } from './ballast.writer.js';
import { SlowReceiver } from './slow-receiver.js';
import { planSoak, type SoakFault, type SoakPlan, type SoakStretch } from './soak.schedule.js';
import { sampleProcess, trendOf, type SoakSample, type SoakTrend } from './soak.reader.js';

const SAMPLE_MS = 15_000;
const DRAIN_LIMIT_MS = 180_000;
const GRACE_MS = 60_000;
const MAX_UNCONFIRMED = 600;
const CUT_MS = 3_000;
/** The delay of a receiver, longer than the interval between messages in a busy chat. */
const RECEIVER = { thinkMs: 1_500, failEvery: 20 };
const WITNESS_SESSION = 's1';
/** Small enough to be filled within seconds. */
const STORE_BYTES = 2 ** 31;
const FULL_MS = 10_000;
const SIZES = {
  WABUS_EVENTS_MAX_BYTES: String(2 ** 29),
  WABUS_MEDIA_MAX_BYTES: String(2 ** 28),
  WABUS_EVENT_PARTS_MAX_BYTES: String(2 ** 28)
};

export interface SoakResult {
  readonly messages: number;
  /** From the event log. */
  readonly log: StormVerdict;
  /** From a Socket.IO client. */
  readonly client: StormVerdict;
  /** Texts of one session that are in the log but that its slow receiver never got. */
  readonly undelivered: number;
  readonly repeatedDeliveries: number;
  /** Processes that ran from beginning to end. */
  readonly trends: Readonly<Record<string, SoakTrend>>;
  readonly faults: Readonly<Partial<Record<SoakFault, number>>>;
  /** Milliseconds after the last message until everything was confirmed. */
  readonly drainMs: number;
  readonly complaints: readonly string[];
}

/**
 * Simulates days of an installation in a short time: two connectors, two edges,
 * a slow receiver, restarts. `c1`, the first edge and NATS run throughout.
 */
export async function measureSoak(plan: SoakPlan, report: (line: string) => void): Promise<SoakResult> {
  await using fixture = await StormFixture.start(plan.sessions, {
    connectors: 2,
    edges: 2,
    proxied: true,
    natsOnDisk: true,
    natsStoreBytes: STORE_BYTES,
    connectorEnv: SIZES,
    edgeEnv: { ...SIZES, WABUS_EGRESS_ALLOW: '127.0.0.1' }
  });
  await using receiver = await SlowReceiver.start(RECEIVER);
  await using log = await StormLog.open(fixture.wabus.natsUrl);
  await using consumer = await StormConsumer.start(fixture.edges, fixture.wabus.token);
  await webhookOf(fixture, receiver.url);
  const cast = new SoakCast(fixture);
  const samples = new Map<string, SoakSample[]>();
  const timer = setInterval(() => cast.sample(samples), SAMPLE_MS);
  const expected: ExpectedMessage[] = [];
  const faults: Partial<Record<SoakFault, number>> = {};
  const complaints: string[] = [];
  try {
    for (const [number, stretch] of planSoak(plan).entries()) {
      expected.push(...(await live(fixture, number, stretch)));
      await cast.do(stretch.fault).catch((error: unknown) => complaints.push(`${stretch.fault}: ${String(error)}`));
      faults[stretch.fault] = (faults[stretch.fault] ?? 0) + 1;
      report(`stretch ${number + 1}: ${stretch.perSecond}/s, ${stretch.fault}, ${expected.length} messages so far, ${cast.line(samples)}`);
    }
    const began = Date.now();
    await settled(fixture, complaints);
    const drainMs = Date.now() - began;
    const events = await complete(log, expected);
    await awaitCondition(
      () => consumer.seen.length,
      length => length >= events.length,
      { waitMs: GRACE_MS }
    ).catch(() => undefined);
    const wanted = new Set(
      stormMessagesIn(events)
        .filter(({ receiver: session }) => session === WITNESS_SESSION)
        .map(({ receiver: session, text }) => `${session} ${text}`)
    );
    const missing = (): string[] => [...wanted].filter(text => !receiver.texts.has(text));
    await awaitCondition(
      () => missing().length,
      count => count === 0,
      { waitMs: DRAIN_LIMIT_MS }
    ).catch(() => undefined);
    return {
      messages: expected.length,
      log: judgeMessages(expected, stormMessagesIn(events)),
      client: judgeMessages(expected, stormMessagesIn(consumer.seen)),
      undelivered: missing().length,
      repeatedDeliveries: receiver.repeated,
      trends: Object.fromEntries([...samples].map(([name, taken]) => [name, trendOf(taken, plan.dayMs)])),
      faults,
      drainMs,
      complaints: [...complaints, ...consumer.complaints]
    };
  } finally {
    clearInterval(timer);
  }
}

/** Runs one stretch: contacts write at its rate. The chats of each stretch have their own names, so that numbering begins again. */
async function live(fixture: StormFixture, number: number, { lengthMs, perSecond }: SoakStretch): Promise<ExpectedMessage[]> {
  const { control } = fixture.wabus;
  const chats = fixture.chats.map(chat => ({ ...chat, name: `${chat.name}-${number}` }));
  await control.startStorm({ chats, perSecond, maxUnconfirmed: MAX_UNCONFIRMED });
  await delay(lengthMs);
  await control.stopStorm({});
  return fixture.expected();
}

async function webhookOf({ wabus }: StormFixture, url: string): Promise<void> {
  const { status, body } = await wabus.edge.post(`/api/sessions/${WITNESS_SESSION}/webhooks`, { url, events: ['messages.upsert'] });
  if (status !== 201) throw new Error(`the webhook: status ${status} ${JSON.stringify(body)}`);
}

async function settled({ wabus }: StormFixture, complaints: string[]): Promise<void> {
  await awaitCondition(
    () => wabus.control.stats({}),
    ({ unconfirmed }) => unconfirmed === 0,
    { waitMs: DRAIN_LIMIT_MS, what: 'everything confirmed' }
  ).catch((error: unknown) => void complaints.push(String(error)));
}

async function complete(log: StormLog, expected: readonly ExpectedMessage[]): ReturnType<StormLog['catchUp']> {
  const deadline = Date.now() + GRACE_MS;
  while (judgeMessages(expected, stormMessagesIn(await log.catchUp())).lost.length > 0 && Date.now() < deadline) await delay(1_000);
  return log.catchUp();
}

/** The processes that are observed, and those that are restarted. */
class SoakCast {
  private connector: LaunchedProcess;
  private edge: LaunchedProcess;
  private readonly witnesses: ReadonlyMap<string, number>;

  constructor(private readonly fixture: StormFixture) {
    const { connectors, edges, nats } = fixture.wabus;
    if (!(nats instanceof BinaryNatsServer) || nats.pid === null) throw new Error('a soak needs a nats-server that runs as a process here');
    [this.connector, this.edge] = [connectors[1]!, edges[1]!];
    this.witnesses = new Map([
      ['connector', connectors[0]!.pid],
      ['edge', edges[0]!.pid],
      ['nats-server', nats.pid]
    ]);
  }

  sample(samples: Map<string, SoakSample[]>): void {
    for (const [name, pid] of this.witnesses) samples.set(name, [...(samples.get(name) ?? []), sampleProcess(pid, Date.now())]);
  }

  line(samples: ReadonlyMap<string, readonly SoakSample[]>): string {
    return [...samples].map(([name, taken]) => `${name} ${Math.round((taken.at(-1)?.residentBytes ?? 0) / 2 ** 20)} MB`).join(', ');
  }

  async do(fault: SoakFault): Promise<void> {
    const { wabus } = this.fixture;
    switch (fault) {
      case 'rest':
        return;
      case 'stop-connector':
      case 'kill-connector':
        await (fault === 'stop-connector' ? this.connector.stop() : this.connector.kill());
        this.connector = await wabus.startConnector('c2');
        return;
      case 'stop-edge':
      case 'kill-edge': {
        const port = Number(new URL(this.fixture.edges[1]!).port);
        await (fault === 'stop-edge' ? this.edge.stop() : this.edge.kill());
        this.edge = await wabus.startEdge(port);
        return;
      }
      case 'cut-whatsapp':
        for (const { whatsapp } of wabus.links.values()) whatsapp.reset();
        await delay(CUT_MS);
        for (const { whatsapp } of wabus.links.values()) whatsapp.pass();
        return;
      case 'full-disk':
        await fillStore(wabus.natsUrl, FULL_MS);
    }
  }
}
