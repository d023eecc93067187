import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { EVENT_STREAM, decodeEventHeaders, type EventFacts } from '@wabus/contracts';
import { WabusFixture } from '../../wabus.fixture.js';
import { figure, sampleFigures, type ChaosFigure } from '../chaos.figures.js';
import { seededRandom } from '../seeded-random.js';
import { LinkTrial, WAYS, type LinkFigures, type Way } from './link-trial.js';
import { SecretsLedger, type Find } from './secrets.ledger.js';

export interface LinkingOptions {
  readonly seed: number;
  /** Links per way. */
  readonly links: number;
  /** Links at the same time. */
  readonly parallel: number;
  /** Environment variables of the connector. */
  readonly env: Record<string, string>;
}

export interface LinkingResult {
  readonly links: readonly LinkFigures[];
  readonly finds: readonly Find<Way>[];
  /** How many secrets were searched for, and in how many lines and events. */
  readonly searched: { readonly secrets: number; readonly lines: number; readonly events: number };
}

/**
 * Links many accounts in every way while the service refreshes the codes on display,
 * and searches for the secrets of the links in all logs and published events.
 */
export async function measureLinking({ seed, links, parallel, env }: LinkingOptions): Promise<LinkingResult> {
  await using wabus = await WabusFixture.start({ connectorEnv: { ...env, WABUS_CREDENTIALS_EXPORT: 'true', WABUS_LOG_LEVEL: 'debug' } });
  await using log = await openLog(wabus);
  const events = await wabus.edge.connectEvents();
  await events.follow({ events: ['auth.pairing-code'] });
  const random = seededRandom(seed);
  const secrets = new SecretsLedger<Way>();
  const trials = WAYS.flatMap(way => Array.from({ length: links }, () => ({ way, order: random(), seed: Math.floor(random() * 2 ** 32) })));
  trials.sort((a, b) => a.order - b.order);
  const done: LinkFigures[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < trials.length; i = next++) {
      const { way, seed: own } = trials[i]!;
      const figures = await new LinkTrial({ wabus, events, session: `link-${i + 1}`, way, random: seededRandom(own), secrets }).run();
      done.push(figures);
      if (done.length % 10 === 0) process.stderr.write(`${done.length} of ${trials.length} links\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));

  const logged = await log.events();
  const processes = [...wabus.connectors, ...wabus.edges];
  const lines = processes.flatMap(one => one.lines);
  const finds = [
    ...lines.flatMap(line => secrets.search(line, `log: ${line.slice(0, 120)}`)),
    ...logged.flatMap(({ facts, body }) => secrets.search(body, `event ${facts.event} of ${facts.session}`, facts.event))
  ];
  return { links: done, finds, searched: { secrets: secrets.size, lines: lines.length, events: logged.length } };
}

interface LoggedEvent {
  readonly facts: Pick<EventFacts, 'session' | 'event'>;
  readonly body: string;
}

/** Opens the event log itself, from now on. */
async function openLog(wabus: WabusFixture): Promise<AsyncDisposable & { events(): Promise<LoggedEvent[]> }> {
  const connection = await connect({ servers: wabus.natsUrl.split(',') });
  const manager = await jetstreamManager(connection);
  const newest = async (): Promise<number> => (await manager.streams.info(EVENT_STREAM)).state.last_seq;
  const start = await newest();
  return {
    events: async () => {
      const events: LoggedEvent[] = [];
      if ((await newest()) === start) return events;
      const consumer = await jetstream(connection).consumers.get(EVENT_STREAM, {
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: start + 1
      });
      for await (const message of await consumer.consume()) {
        const facts = decodeEventHeaders(header => message.headers?.get(header));
        if (facts) events.push({ facts, body: message.string() });
        if (message.info.pending === 0) break;
      }
      return events;
    },
    [Symbol.asyncDispose]: () => connection.close()
  };
}

/** Returns one figure for each way, and the extent of the search. */
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

/** Returns the faults for people. */
export function linkingFaults({ links, finds }: LinkingResult): string[] {
  const places = finds.map(({ owner, what, where }) => `${what} of a link by ${owner} in ${where}`);
  return [...links.flatMap(({ fault }) => fault ?? []), ...new Set(places)];
}
