import { figure, type ChaosFigure } from '../chaos.figures.js';
import type { StormVerdict } from '../storm/storm.checker.js';
import type { SoakResult } from './soak.measurement.js';
import type { SoakTrend } from './soak.reader.js';

const NONE = { lost: 0, duplicated: 0, outOfOrder: 0, unknown: 0 };
/** A tenth of a gigabyte in a day; with more, an installation would not run for a month. */
const MAX_MB_PER_HOUR = 5;
const MIN_DAYS = 3;

/** Returns the outcome of a soak with its targets. A slope needs several days to be meaningful, so shorter soaks have none. */
export function soakFigures(result: SoakResult, { sessions, hours }: { sessions: number; hours: number }): ChaosFigure[] {
  const name = `soak (${sessions} sessions, ${hours} h)`;
  return [
    figure(`${name}: inward, as the event log holds it`, counts(result.log), NONE),
    figure(`${name}: inward, as a Socket.IO client saw it`, counts(result.client), NONE),
    figure(
      `${name}: a slow receiver of webhooks`,
      { undelivered: result.undelivered, repeated: result.repeatedDeliveries },
      { undelivered: 0 }
    ),
    ...Object.entries(result.trends).map(([process, trend]) =>
      figure(
        `${name}: ${process}`,
        known(trend),
        trend.days >= MIN_DAYS ? { mbPerHour: MAX_MB_PER_HOUR, handlesLast: trend.handlesFirst + 50 } : null
      )
    ),
    figure(`${name}: faults`, { ...result.faults, drainMs: result.drainMs })
  ];
}

/** Omits the slope if a soak has none. */
function known({ mbPerHour, ...trend }: SoakTrend): Record<string, number> {
  return { ...trend, ...(mbPerHour === null ? {} : { mbPerHour }) };
}

function counts({ expected, lost, duplicated, outOfOrder, unknown }: StormVerdict): Record<string, number> {
  return { sent: expected, lost: lost.length, duplicated: duplicated.length, outOfOrder: outOfOrder.length, unknown: unknown.length };
}
