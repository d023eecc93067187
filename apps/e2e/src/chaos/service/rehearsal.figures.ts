import { figure, type ChaosFigure } from '../chaos.figures.js';
import { rehearsalFaults } from './rehearsal.checker.js';
import type { RehearsalResult } from './rehearsal.measurement.js';

/** Returns the participants, the effects and the refusals of a rehearsal. */
export function rehearsalFigures({ seen, accounts, reconnects, refused, slowestPostAckMs }: RehearsalResult, seed: number): ChaosFigure[] {
  const { written, published, sent, received, unconfirmed, strayed, locked, toNobody, insisted, refusals } = seen;
  const unprovoked = seen.ended.filter(({ session, reason }) => seen.provoked.get(session)?.has(reason) !== true).length;
  const unnamed = refusals.filter(({ named }) => !named).length;
  const measured = {
    ...{
      streamsEndedByUs: unprovoked,
      blockedQueues: unconfirmed.length,
      notOpen: strayed.length,
      locked: locked.length,
      toNobody: toNobody.length,
      loginsInsisted: insisted.length
    },
    ...{ refusalsWithoutName: unnamed, faults: rehearsalFaults(seen).length }
  };
  const target = {
    streamsEndedByUs: 0,
    blockedQueues: 0,
    notOpen: 0,
    locked: 0,
    toNobody: 0,
    loginsInsisted: 0,
    refusalsWithoutName: 0,
    faults: 0
  };
  return [
    figure(`accounts of the rehearsal (seed ${seed})`, { ...accounts }),
    figure('their traffic', {
      written: written.length,
      published: published.length,
      sent: sent.length,
      received: received.length,
      reconnects,
      slowestPostAckMs
    }),
    figure('refusals of commands', { ...refused }),
    figure('rehearsal of the service of 2026', measured, target)
  ];
}
