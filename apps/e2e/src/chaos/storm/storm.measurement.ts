import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition, type StormProgress } from '@wabus/testing';
import { JournalFigures } from './journal.figures.js';
import { stormMessagesIn, type StormEvent } from './storm-event.codec.js';
import {
  firstDifference,
  judgeMessages,
  judgeSignals,
  type ExpectedMessage,
  type SeenMessage,
  type SignalVerdict,
  type StormVerdict
} from './storm.checker.js';
import { StormConsumer } from './storm.consumer.js';
import { StormLog } from './storm-log.js';
import { scheduleStorm, type FaultKind, type FaultPlan } from './storm.schedule.js';
import { StormSender, type OutwardFigures } from './storm.sender.js';
import { allPages, StormFixture, type PartFigures } from './storm.fixture.js';
import { FaultInjector } from './fault.injector.js';

const SIGNALS_PER_SECOND = 10;
/** Every 15th message of a chat is repeated, some seconds and faults later. */
const REPEAT_EVERY = 15;
/** Contacts wait while the sessions are this far behind: on a slow machine the storm takes longer instead of overloading it. */
const MAX_UNCONFIRMED = 600;
/** How long an acknowledged message may take to become an event once the last message is confirmed. */
const GRACE_MS = 20_000;
/** How long the measurement waits for late duplicates. */
const QUIET_MS = 2_000;
const DRAIN_LIMIT_MS = 120_000;
const POLL_MS = 50;

export interface StormOptions extends FaultPlan {
  readonly sessions: number;
  /** Messages of contacts per second, over all chats, as long as the sessions keep up. */
  readonly perSecond: number;
  /** Every `oddEvery`th message of a chat is huge, deep, withheld or from a stranger, in turn. */
  readonly oddEvery: number;
  /** Commands per second, over all sessions. */
  readonly outwardPerSecond: number;
  readonly journal: boolean;
  /** Runs three nats-servers instead of one. */
  readonly cluster: boolean;
  /** Reads only the event log, without a Socket.IO client. */
  readonly logOnly?: boolean;
}

export interface StormResult {
  /** Messages that contacts sent; a group message is for several sessions. */
  readonly messages: number;
  /** From the Socket.IO client; `null` without one. */
  readonly consumer: StormVerdict | null;
  /** From the event log. */
  readonly log: StormVerdict;
  /** The first difference between client and log; `null` if they agree. */
  readonly difference: string | null;
  readonly outward: StormVerdict & OutwardFigures & { readonly rawCopies: number };
  readonly receipts: SignalVerdict;
  readonly notifications: SignalVerdict;
  readonly simulator: StormProgress;
  /** Parts of huge and deep messages. */
  readonly parts: PartFigures;
  /** Events of unreadable messages. */
  readonly unread: number;
  readonly resumed: number;
  readonly journal: Record<string, number>;
  readonly injected: Partial<Record<FaultKind, number>>;
  readonly connectorKills: number;
  readonly connectorStarts: number;
  readonly edgeStarts: number;
  readonly sendingMs: number;
  readonly drainMs: number;
  readonly complaints: string[];
}

/** Runs one storm from its first message to the verdict. */
export async function measureStorm(options: StormOptions): Promise<StormResult> {
  const { sessions, cluster, journal, dedupWindowMs } = options;
  const window = { WABUS_EVENT_DEDUP_WINDOW_MS: String(dedupWindowMs) };
  await using fixture = await StormFixture.start(sessions, {
    connectors: 2,
    edges: 2,
    cluster,
    proxied: !cluster,
    connectorEnv: { ...window, WABUS_INBOX_JOURNAL: String(journal) },
    edgeEnv: window
  });
  const { wabus } = fixture;
  const { control, natsUrl, token } = wabus;
  await using eventLog = await StormLog.open(natsUrl);
  await using consumer = options.logOnly ? null : await StormConsumer.start(fixture.edges, token);
  await using sender = new StormSender(fixture.edges, token, { chats: fixture.outward, perSecond: options.outwardPerSecond });
  const journalFigures = new JournalFigures(wabus);
  const injector = new FaultInjector(wabus, journalFigures);

  const began = Date.now();
  await control.startStorm({
    chats: [...fixture.chats],
    perSecond: options.perSecond,
    signalsPerSecond: SIGNALS_PER_SECOND,
    repeatEvery: REPEAT_EVERY,
    oddEvery: options.oddEvery,
    maxUnconfirmed: MAX_UNCONFIRMED
  });
  await injectFaults(options, { injector, sent: async () => (await control.stormProgress({})).sent });
  const stopped = await control.stopStorm({});
  const sendingMs = Date.now() - began;
  await Promise.all([sender.stop(), injector.settle()]);
  const drained = awaitCondition(
    () => control.stats({}),
    ({ unconfirmed }) => unconfirmed === 0,
    { waitMs: DRAIN_LIMIT_MS, what: 'everything confirmed' }
  );
  const complaints = await drained.then(
    () => [],
    (error: unknown) => [String(error)]
  );

  const expected = await fixture.expected();
  const log = await readUntilComplete(expected, eventLog);
  if (consumer)
    await awaitCondition(
      () => consumer.seen.length,
      length => length >= log.length,
      { waitMs: GRACE_MS }
    ).catch(() => undefined);
  const drainMs = Date.now() - began - sendingMs;
  const signals = await allPages(args => control.stormSignals(args));
  const marks = new Set((consumer?.seen ?? log).flatMap(event => event.marks));
  return {
    messages: stopped.sent,
    consumer: consumer && judgeMessages(expected, stormMessagesIn(consumer.seen)),
    log: judgeMessages(expected, stormMessagesIn(log)),
    difference: consumer && firstDifference(consumer.seen.map(nameOfEvent), log.map(nameOfEvent)),
    outward: await judgeOutward(fixture, sender),
    receipts: judgeSignals(
      signals.filter(({ kind }) => kind === 'receipt'),
      marks
    ),
    notifications: judgeSignals(
      signals.filter(({ kind }) => kind === 'notification'),
      marks
    ),
    simulator: await control.stormProgress({}),
    parts: await fixture.fetchParts(log),
    unread: log.reduce((sum, { unread }) => sum + unread, 0),
    resumed: consumer?.resumed ?? 0,
    journal: journalFigures.totals,
    injected: Object.fromEntries(injector.injected),
    connectorKills: injector.connectorKills,
    connectorStarts: injector.connectorStarts,
    edgeStarts: injector.edgeStarts,
    sendingMs,
    drainMs,
    complaints: [
      ...complaints,
      ...sender.complaints,
      ...(consumer?.complaints ?? []),
      ...(stopped.failure === null ? [] : [stopped.failure])
    ]
  };
}

/** Injects each fault once its message has been sent. Resolves once all faults are over and all messages are sent: contacts write as long as it takes. */
async function injectFaults(plan: FaultPlan, { injector, sent }: { injector: FaultInjector; sent: () => Promise<number> }): Promise<void> {
  const sending = async (count: number): Promise<void> => {
    while ((await sent()) < count) await delay(POLL_MS);
  };
  for (const fault of scheduleStorm(plan)) {
    await sending(fault.atMessage);
    process.stderr.write(`${new Date().toISOString()} ${fault.kind} (${fault.downMs} ms)\n`);
    await injector.inject(fault);
  }
  await sending(plan.messages);
}

/** Reads until nothing is missing or the time is up, and then once more for late arrivals. */
export async function readUntilComplete(expected: ExpectedMessage[], log: StormLog): Promise<StormEvent[]> {
  const complete = (events: StormEvent[]): boolean => judgeMessages(expected, stormMessagesIn(events)).lost.length === 0;
  const deadline = Date.now() + GRACE_MS;
  while (!complete(await log.catchUp()) && Date.now() < deadline) await delay(500);
  await delay(QUIET_MS);
  return log.catchUp();
}

/** Compares the messages that contacts received with those that were sent successfully. */
export async function judgeOutward({ wabus, outward }: StormFixture, sender: StormSender): Promise<StormResult['outward']> {
  const seen: SeenMessage[] = [];
  let rawCopies = 0;
  for (const phoneNumber of new Set(outward.map(chat => chat.phoneNumber))) {
    const deliveries = await allPages(args => wabus.control.deliveries({ phoneNumber, ...args }));
    const read = deliveries.filter(({ text }) => text?.startsWith('outward ')).sort((one, other) => one.readAs! - other.readAs!);
    rawCopies += read.reduce((sum, { copies }) => sum + copies, 0);
    seen.push(...read.map(({ text }) => ({ receiver: phoneNumber, text: text! })));
  }
  return { ...judgeMessages(sender.sent, seen), ...sender.figures, rawCopies };
}

/** Returns the name that identifies an event among those of all sessions. */
export function nameOfEvent({ session, id }: StormEvent): string {
  return `${session} ${id}`;
}
