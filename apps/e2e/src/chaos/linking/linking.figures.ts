import { figure, type ChaosFigure } from '../chaos.figures.js';
import { sampleFigures } from '../sample.figures.js';
import { WAYS } from './link.trial.js';
import type { LinkingResult } from './linking.measurement.js';

/** One figure for each way, and what was searched. */
export function linkingFigures({ links, finds, searched }: LinkingResult, seed: number): ChaosFigure[] {
  const byWay = WAYS.map(way => {
    const own = links.filter(link => link.way === way);
    const linked = own.flatMap(({ ms }) => ms ?? []);
    const sum = (name: 'refreshes' | 'again' | 'unacknowledged'): number => own.reduce((total, link) => total + link[name], 0);
    const secretsFound = finds.filter(({ owner }) => owner === way).length;
    const { p50Ms = NaN, maxMs = NaN } = linked.length > 0 ? sampleFigures(linked) : {};
    const measured = {
      ...{ linked: linked.length, notLinked: own.length - linked.length, unacknowledged: sum('unacknowledged'), secretsFound },
      ...{ refreshes: sum('refreshes'), triedAgain: sum('again'), p50Ms, maxMs }
    };
    return figure(`linked by ${way} (seed ${seed})`, measured, { notLinked: 0, unacknowledged: 0, secretsFound: 0 });
  });
  return [...byWay, figure('searched for secrets', { ...searched })];
}

/** What is wrong, for people. */
export function linkingFaults({ links, finds }: LinkingResult): string[] {
  const places = finds.map(({ owner, what, where }) => `${what} of a link by ${owner} in ${where}`);
  return [...links.flatMap(({ fault }) => fault ?? []), ...new Set(places)];
}
