import { figure, type ChaosFigure } from '../chaos.figures.js';
import type { StormVerdict } from './storm.checker.js';
import type { StormResult } from './storm.measurement.js';

const NONE = { lost: 0, duplicated: 0, outOfOrder: 0, unknown: 0 };
const NAMED = 5;

/** Returns the outcome of a storm with its targets; without targets if the journal was off, because messages must then be lost. */
export function stormFigures(result: StormResult, { name, journal }: { name: string; journal: boolean }): ChaosFigure[] {
  const target = journal ? NONE : null;
  const { consumer, log, outward, receipts, notifications, simulator, injected } = result;
  const seconds = result.sendingMs / 1_000;
  const percent = (count: number): number => Math.round((count / Math.max(1, log.expected)) * 100_00) / 100;
  const none = { outage: 0, nats: 0, edge: 0, whatsapp: 0, hole: 0, leader: 0, stall: 0 };
  const { outage, nats, edge, whatsapp, hole, leader, stall } = { ...none, ...injected };
  return [
    ...(consumer
      ? [figure(`${name}: inward, as a Socket.IO client saw it that resumed ${result.resumed} times`, counts(consumer), target)]
      : []),
    figure(`${name}: inward, as the event log holds it`, counts(log), target),
    figure(
      `${name}: parts of huge and deep messages`,
      { parts: result.parts.parts, bytes: result.parts.bytes, missing: result.parts.missing.length },
      journal ? { missing: 0 } : null
    ),
    figure(
      `${name}: outward through commands with an idempotency key`,
      { ...counts(outward), attempts: outward.attempts, uncertain: outward.uncertain, rawCopies: outward.rawCopies },
      target
    ),
    figure(`${name}: messages that needed a WhatsApp retry`, {
      retried: simulator.retried,
      percent: percent(simulator.retried),
      redelivered: simulator.redelivered,
      nacks: simulator.nacks,
      unreadableEvents: result.unread
    }),
    figure(`${name}: recoveries from the journal`, result.journal),
    figure(`${name}: receipts`, { ...receipts }),
    figure(`${name}: notifications`, { ...notifications }),
    figure(`${name}: faults`, {
      connectorKills: result.connectorKills,
      connectorStarts: result.connectorStarts,
      outages: outage,
      natsKills: nats,
      leaderKills: leader,
      edgeKills: edge,
      edgeStarts: result.edgeStarts,
      natsStalls: stall,
      whatsappCuts: whatsapp + hole + stall
    }),
    figure(`${name}: load`, {
      messages: result.messages,
      deliveries: log.expected,
      perSecond: Math.round(result.messages / seconds),
      sendingMs: result.sendingMs,
      drainMs: result.drainMs
    })
  ];
}

/** Returns the faults in words, with a few examples of each. */
export function stormFaults(result: StormResult, { name, journal }: { name: string; journal: boolean }): string[] {
  const faults = [...result.complaints];
  if (result.difference !== null) faults.push(`the client and the log differ ${result.difference}`);
  for (const missing of result.parts.missing.slice(0, NAMED)) faults.push(`a part is missing: ${missing}`);
  const { consumer, log, outward } = result;
  const verdicts = { ...(consumer ? { client: consumer } : {}), log, outward };
  if (journal) for (const [reader, verdict] of Object.entries(verdicts)) faults.push(...examples(reader, verdict));
  else if (log.lost.length === 0) faults.push('nothing was lost without the journal: the storm is too weak');
  return faults.map(fault => `${name}: ${fault}`);
}

/** Returns a few examples of each fault, in words. */
export function examples(reader: string, verdict: StormVerdict): string[] {
  return (['lost', 'duplicated', 'outOfOrder', 'unknown'] as const).flatMap(kind => {
    const found = verdict[kind];
    return found.length === 0 ? [] : [`${kind} (${reader}): ${found.slice(0, NAMED).join('; ')}${found.length > NAMED ? ' …' : ''}`];
  });
}

/** Returns the number of each fault. */
export function counts({ expected, lost, duplicated, outOfOrder, unknown }: StormVerdict): Record<string, number> {
  return { sent: expected, lost: lost.length, duplicated: duplicated.length, outOfOrder: outOfOrder.length, unknown: unknown.length };
}
