import type { StanzaJson } from '@wabus/testing';
import { WabusFixture } from '../../wabus.fixture.js';
import { seededRandom } from '../seeded-random.js';
import { hostileCase, hostileStanza, type HostileClient } from './hostile-cases.js';
import { commit } from './hostile.client.js';
import { Neighbour, type NeighbourFigures } from './neighbour.js';

export interface RequestsOptions {
  readonly seed: number;
  readonly requests: number;
  /** Stanzas that the service also sends to the connector of the hostile tenant. */
  readonly stanzas: number;
  /** Connections at the same time. */
  readonly parallel: number;
}

export interface RequestsResult {
  /** Hostile connections by the parser that they reached. */
  readonly byParser: Readonly<Record<string, number>>;
  /** Connections without a response, as parser and number. */
  readonly unsettled: readonly string[];
  /** Processes that ended. */
  readonly ended: readonly string[];
  readonly neighbour: NeighbourFigures;
}

const SETTLE_LIMIT_MS = 15_000;
/** Limits low enough to be reached in a short time. */
const EDGE = {
  WABUS_EDGE_MEDIA_STALL_MS: '1000',
  WABUS_EDGE_CONNECTION_WAIT_MS: '1000',
  WABUS_EDGE_MAX_MEDIA_TRANSFERS: '16',
  WABUS_EDGE_MAX_MEDIA_TRANSFERS_PER_TOKEN: '8'
};

/** Runs one hostile tenant against every parser of an edge and of a connector while another tenant works normally, and measures the effects on both. */
export async function measureRequests({ seed, requests, stanzas, parallel }: RequestsOptions): Promise<RequestsResult> {
  await using wabus = await WabusFixture.start({ edgeEnv: EDGE });
  const account = await wabus.pair('hostile');
  await wabus.pair('neighbour');
  const hostile = await clientOf(wabus, 'hostile');
  const other = await clientOf(wabus, 'neighbour');
  const random = seededRandom(seed);
  // Created before the measurement, because creating thousands of them keeps this process busy and its delay must not count for the edge.
  const cases = Array.from({ length: requests }, () => hostileCase(random, hostile));
  const events = await wabus.edge.connectEvents({ token: other.token });
  const neighbour = new Neighbour(wabus.edge.url, other, events);
  neighbour.start();

  const port = Number(new URL(wabus.edge.url).port);
  const byParser: Record<string, number> = {};
  const unsettled: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < cases.length; i = next++) {
      const { parser } = cases[i]!;
      byParser[parser] = (byParser[parser] ?? 0) + 1;
      if (!(await commit(port, cases[i]!, SETTLE_LIMIT_MS))) unsettled.push(`${parser} ${i}`);
    }
  };
  const stanza = async (): Promise<void> => {
    for (let i = 0; i < stanzas; i++) {
      const hostileOne = hostileStanza(random, { jid: account.pnJid }) as StanzaJson;
      await wabus.control.sendStanza({ phoneNumber: account.phoneNumber, stanza: hostileOne, volatile: true });
      byParser['stanza'] = (byParser['stanza'] ?? 0) + 1;
    }
  };
  await Promise.all([...Array.from({ length: parallel }, work), stanza()]);
  const figures = await neighbour.stop();
  const ended = [...wabus.edges, ...wabus.connectors].flatMap(({ running }, i) => (running ? [] : [`process ${i + 1}`]));
  // Even the hostile tenant must still be served.
  if (ended.length === 0) await Promise.all(['hostile', 'neighbour'].map(session => wabus.awaitState(session, 'open', 60_000)));
  return { byParser, unsettled, ended, neighbour: figures };
}

async function clientOf(wabus: WabusFixture, session: string): Promise<HostileClient> {
  const scopes = ['read', 'send', 'control'];
  const { body, status } = await wabus.edge.post<{ token: string }>('/api/tokens', { name: session, sessions: [session], scopes });
  if (status !== 201) throw new Error(`token of ${session}: status ${status}`);
  return { token: body.token, session };
}
