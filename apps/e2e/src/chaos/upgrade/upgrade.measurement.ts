import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition, WebhookReceiver, type ReceivedDelivery } from '@wabus/testing';
import type { EventEnvelope } from '@wabus/contracts';
import { readPayload, stormMessagesIn, type StormEvent } from '../storm/storm-event.codec.js';
import { firstDifference, judgeMessages, type StormVerdict } from '../storm/storm.checker.js';
import { StormConsumer } from '../storm/storm.consumer.js';
import { StormFixture } from '../storm/storm.fixture.js';
import { StormLog } from '../storm/storm-log.js';
import { judgeOutward, nameOfEvent, readUntilComplete, type StormResult } from '../storm/storm.measurement.js';
import { StormSender } from '../storm/storm.sender.js';
import { DurableReader } from './durable.reader.js';
import { UpgradeCast } from './upgrade-cast.js';
import { planUpgrade, type ProcessKind, type UpgradePass } from './upgrade.schedule.js';

const MAX_UNCONFIRMED = 300;
const LIMIT_MS = 60_000;
const POLL_MS = 50;

export interface UpgradeOptions {
  /** The folders of the old and the new build; `null` is the build that runs this code. */
  readonly old: string | null;
  readonly present: string | null;
  /** Streams whose format the new build has raised. */
  readonly raised: readonly string[];
  readonly passes: readonly UpgradePass[];
  readonly sessions: number;
  /** Messages of contacts, over all sessions. */
  readonly perSecond: number;
  /** Commands, over all sessions. */
  readonly outwardPerSecond: number;
  /** Messages between two replacements. */
  readonly messagesPerStep: number;
  /** Receives a line for each step. */
  readonly report?: (line: string) => void;
}

export interface UpgradeResult {
  /** From the event log. */
  readonly log: StormVerdict;
  /** From a Socket.IO client that resumes from its cursor. */
  readonly consumer: StormVerdict;
  /** From webhooks, each event once. */
  readonly webhook: StormVerdict;
  /** From a durable subscription, each event once. */
  readonly durable: StormVerdict;
  /** Repeated deliveries of events. */
  readonly repeated: { readonly webhook: number; readonly durable: number };
  readonly outward: StormResult['outward'];
  readonly resumed: number;
  readonly replaced: Readonly<Record<ProcessKind, number>>;
  /** Messages sent while both builds ran. */
  readonly besideEachOther: number;
  readonly longestReplacementMs: number;
  readonly complaints: readonly string[];
}

/** Replaces every process of one build with one of the other, one after another, under traffic in both directions, and accounts for each message. */
export async function measureUpgrade(options: UpgradeOptions): Promise<UpgradeResult> {
  const egress = { WABUS_EGRESS_ALLOW: '127.0.0.1' };
  await using fixture = await StormFixture.start(options.sessions, { connectors: 2, edges: 2, edgeEnv: egress, build: options.old });
  const { wabus, edges } = fixture;
  const { control, token } = wabus;
  await using eventLog = await StormLog.open(wabus.natsUrl);
  await using receiver = await WebhookReceiver.listen();
  for (const session of fixture.sessions.values()) await createWebhook(fixture, session, receiver.url);
  await using consumer = await StormConsumer.start(edges, token);
  await using durable = await DurableReader.start(edges, token);
  await using sender = new StormSender(edges, token, { chats: fixture.outward, perSecond: options.outwardPerSecond });
  const cast = new UpgradeCast(fixture, { old: options.old, new: options.present });

  await control.startStorm({ chats: [...fixture.chats], perSecond: options.perSecond, maxUnconfirmed: MAX_UNCONFIRMED });
  const besideEachOther = await replaceAll(cast, options, async () => (await control.stormProgress({})).sent);
  const stopped = await control.stopStorm({});
  await sender.stop();
  const complaints = [...(stopped.failure === null ? [] : [stopped.failure])];
  if (options.raised.length > 0) complaints.push(...(await cast.refusal(options.raised)));
  await awaitCondition(
    () => control.stats({}),
    ({ unconfirmed }) => unconfirmed === 0,
    { waitMs: LIMIT_MS, what: 'everything confirmed' }
  ).catch((error: unknown) => complaints.push(String(error)));

  const expected = await fixture.expected();
  const log = await readUntilComplete(expected, eventLog);
  const delivered = (): StormVerdict => judgeMessages(expected, stormMessagesIn(eventsOf(receiver.deliveries)));
  const subscribed = (): StormVerdict => judgeMessages(expected, stormMessagesIn(durable.seen));
  await awaitCondition(
    () => delivered().lost.length + subscribed().lost.length + Math.max(0, log.length - consumer.seen.length),
    missing => missing === 0,
    { waitMs: LIMIT_MS }
  ).catch(() => undefined);
  const difference = firstDifference(consumer.seen.map(nameOfEvent), log.map(nameOfEvent));
  if (difference !== null) complaints.push(`the client and the log differ ${difference}`);
  return {
    log: judgeMessages(expected, stormMessagesIn(log)),
    consumer: judgeMessages(expected, stormMessagesIn(consumer.seen)),
    webhook: delivered(),
    durable: subscribed(),
    repeated: { webhook: receiver.deliveries.length - eventsOf(receiver.deliveries).length, durable: durable.repeated },
    outward: await judgeOutward(fixture, sender),
    resumed: consumer.resumed,
    replaced: cast.replaced,
    besideEachOther,
    longestReplacementMs: cast.longestMs,
    complaints: [...complaints, ...sender.complaints, ...consumer.complaints]
  };
}

/** Runs every step, with messages before, between and after. Returns how many messages were sent while both builds ran. */
async function replaceAll(cast: UpgradeCast, options: UpgradeOptions, sent: () => Promise<number>): Promise<number> {
  const { passes, messagesPerStep, report } = options;
  let beside = 0;
  let before = 0;
  const more = async (): Promise<number> => {
    const start = await sent();
    while ((await sent()) < start + messagesPerStep) await delay(POLL_MS);
    return sent();
  };
  for (const step of planUpgrade(passes, { connector: 2, edge: 2 })) {
    const now = await more();
    if (cast.mixed) beside += now - before;
    before = now;
    await cast.replace(step);
    report?.(`${step.kind} ${step.indexes.map(i => i + 1).join(' and ')} is ${step.to}, ${now} messages so far`);
  }
  await more();
  return beside;
}

async function createWebhook({ wabus }: StormFixture, session: string, url: string): Promise<void> {
  const { status, body } = await wabus.edge.post(`/api/sessions/${session}/webhooks`, { url, events: ['messages.upsert'] });
  if (status !== 201) throw new Error(`the webhook: status ${status} ${JSON.stringify(body)}`);
}

/** Returns each event once, by its id, in the order of arrival. */
function eventsOf(deliveries: readonly ReceivedDelivery[]): StormEvent[] {
  const events = new Map<string, StormEvent>();
  for (const { json } of deliveries) {
    const { id, session, event, epoch, data } = json as EventEnvelope;
    const key = `${session} ${id}`;
    if (!events.has(key)) events.set(key, { id, session, event, epoch, ...readPayload(event, data) });
  }
  return [...events.values()];
}
