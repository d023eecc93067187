import { figure, type ChaosFigure } from '../chaos.figures.js';
import type { LeaderResult } from './leader.measurement.js';

/** Returns the effects of losing the server that leads everything, with their targets. */
export function leaderFigures(name: string, result: LeaderResult): ChaosFigure[] {
  const { messages, led, drainMs, records, files, lists, repeated } = result;
  return [
    ...Object.entries(result.readers).map(([reader, { expected, lost, duplicated, outOfOrder, repeated: again, silentMs }]) =>
      figure(
        `${name}: ${reader}`,
        { expected, lost: lost.length, duplicated: duplicated.length, outOfOrder: outOfOrder.length, repeatedIds: again, silentMs },
        reader === 'subscription' ? { lost: 0, duplicated: 0 } : { lost: 0, duplicated: 0, outOfOrder: 0 }
      )
    ),
    figure(`${name}: read models, files and lists`, { records, files, lists, ...repeated, faults: result.faults.length }, { faults: 0 }),
    figure(`${name}: load`, { messages, leaderOf: led.length, drainMs })
  ];
}
