import { figure, type ChaosFigure } from '../chaos.figures.js';
import { counts, examples } from '../storm/storm.figures.js';
import type { UpgradeResult } from './upgrade.measurement.js';

const NONE = { lost: 0, duplicated: 0, outOfOrder: 0, unknown: 0 };

/** Returns the figures of an upgrade with their targets. */
export function upgradeFigures(result: UpgradeResult, name: string): ChaosFigure[] {
  const { log, consumer, webhook, durable, repeated, outward } = result;
  return [
    figure(`${name}: inward, as the event log holds it`, counts(log), NONE),
    figure(`${name}: inward, as a Socket.IO client saw it that resumed ${result.resumed} times`, counts(consumer), NONE),
    figure(`${name}: inward, as webhooks got it`, { ...counts(webhook), repeated: repeated.webhook }, NONE),
    // Workers share a durable subscription, which guarantees no order.
    figure(
      `${name}: inward, as a durable subscription got it`,
      { ...counts(durable), repeated: repeated.durable },
      { lost: 0, duplicated: 0, unknown: 0 }
    ),
    figure(`${name}: outward through commands with an idempotency key`, { ...counts(outward), attempts: outward.attempts }, NONE),
    figure(`${name}: replacements`, {
      connectors: result.replaced.connector,
      edges: result.replaced.edge,
      longestMs: result.longestReplacementMs,
      messagesBesideEachOther: result.besideEachOther
    })
  ];
}

/** Returns the faults in words. */
export function upgradeFaults({ log, consumer, webhook, durable, outward, complaints }: UpgradeResult): string[] {
  const verdicts = { log, client: consumer, webhook, durable: { ...durable, outOfOrder: [] }, outward };
  return [...complaints, ...Object.entries(verdicts).flatMap(([reader, verdict]) => examples(reader, verdict))];
}
