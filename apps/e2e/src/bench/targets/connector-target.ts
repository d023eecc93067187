import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  commandSubject,
  decodeOutcome,
  encodeCommandBody,
  EVENT_HEADERS,
  eventFilter,
  isSessionId,
  liveSubject,
  type EventName,
  type SessionId
} from '@wabus/contracts';
import { awaitCondition, type RunningSimulator } from '@wabus/testing';
import { WabusFixture, type WabusOptions } from '../../wabus.fixture.js';
import { LoadTarget, type SendOrder, type Usage } from './load-target.js';
import { histogramBetween, readMetrics, sumOf, type HistogramBucket, type Sample } from './metrics.codec.js';

const CONNECTOR = 'c1';
const PAIRED_AT_ONCE = 4;
/** Long, so that a busy machine does not end a measurement before it begins. */
const OPEN_LIMIT_MS = 120_000;
const COMMAND_LIMIT_MS = 30_000;

/** The Node.js options of `npm start`, the images and the systemd units. */
export const SHIPPED_ARGS: readonly string[] = ['--max-semi-space-size=32'];

/** The whole product with one connector, which is measured. */
export class ConnectorTarget extends LoadTarget {
  readonly name = 'connector';
  private readonly sessions = new Map<string, string>();

  private constructor(
    readonly wabus: WabusFixture,
    private readonly nats: NatsConnection
  ) {
    super();
  }

  /** @param profileFolder the folder to which the connector writes a CPU profile when it ends */
  static async start({ profileFolder }: { profileFolder?: string | undefined } = {}, fixture: WabusOptions = {}): Promise<ConnectorTarget> {
    const connectorNodeArgs = [...SHIPPED_ARGS, ...(profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`])];
    const wabus = await WabusFixture.start({ connectorNodeArgs, ...fixture });
    return new ConnectorTarget(wabus, await connect({ servers: wabus.natsUrl }));
  }

  get phoneNumbers(): string[] {
    return [...this.sessions.keys()];
  }

  get simulator(): RunningSimulator {
    return this.wabus.simulator;
  }

  /** Creates and pairs this many additional sessions. */
  async pair(count: number): Promise<void> {
    const first = this.sessions.size + 1;
    const ids = Array.from({ length: count }, (_, i) => `s${first + i}`);
    const pairOne = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift())
        this.sessions.set((await this.wabus.pair(id, OPEN_LIMIT_MS)).phoneNumber, id);
    };
    await Promise.all(Array.from({ length: PAIRED_AT_ONCE }, pairOne));
  }

  /** Restarts the connector; resolves once all sessions are open. */
  async restart(): Promise<void> {
    await Promise.all(this.wabus.connectors.splice(0).map(connector => connector.stop()));
    await this.wabus.startConnector(CONNECTOR);
    for (const id of this.sessions.values()) await this.wabus.awaitState(id, 'open', OPEN_LIMIT_MS);
  }

  /** Stops the edge, which is not measured and would share the processor. Sessions can no longer be paired. */
  async stopEdge(): Promise<void> {
    this.wabus.clients.splice(0).forEach(client => client.close());
    await Promise.all(this.wabus.edges.splice(0).map(edge => edge.stop()));
  }

  private session(phoneNumber: string): SessionId {
    const id = this.sessions.get(phoneNumber);
    if (!isSessionId(id)) throw new Error(`no session of ${phoneNumber}`);
    return id;
  }

  async usage(): Promise<Usage> {
    const samples = await this.metrics();
    return {
      cpuMs: sumOf(samples, 'process_cpu_seconds_total') * 1_000,
      rssBytes: sumOf(samples, 'process_resident_memory_bytes'),
      received: sumOf(samples, 'wabus_connector_events_total', { event: 'messages.upsert', outcome: 'published' })
    };
  }

  /** Returns how long events took from their emission until the log had stored them, for those since an earlier reading of {@link metrics}. */
  async publishTimes(since: readonly Sample[]): Promise<HistogramBucket[]> {
    return histogramBetween(since, await this.metrics(), 'wabus_connector_publish_seconds');
  }

  async metrics(): Promise<Sample[]> {
    const response = await fetch(`${this.wabus.connectorUrls.get(CONNECTOR)}/metrics`);
    if (!response.ok) throw new Error(`metrics of the connector: status ${response.status}`);
    return readMetrics(await response.text());
  }

  /** Sends by command over NATS, as an edge does. */
  async send({ phoneNumber, jid, messages, parallel }: SendOrder): Promise<void> {
    const subject = commandSubject(this.session(phoneNumber), 'sendMessage');
    let next = 0;
    const one = async (): Promise<void> => {
      while (next < messages) {
        const body = encodeCommandBody({ jid, content: { text: `text ${next++}` } });
        decodeOutcome((await this.nats.request(subject, body, { timeout: COMMAND_LIMIT_MS })).string());
      }
    };
    await Promise.all(Array.from({ length: parallel }, one));
  }

  /** Returns a growing list of the log's future events of one kind. */
  followEvents(event: EventName): { readonly at: number; readonly body: string }[] {
    const followed: { at: number; body: string }[] = [];
    this.nats.subscribe(liveSubject(eventFilter({ event })), {
      callback: (_error, message) => {
        followed.push({ at: Date.parse(message.headers?.get(EVENT_HEADERS.at) ?? ''), body: message.string() });
      }
    });
    return followed;
  }

  /** Resolves once the log contains all events that the connector emitted. */
  async settled(): Promise<void> {
    await awaitCondition(
      async () => sumOf(await this.metrics(), 'wabus_connector_events_in_flight'),
      waiting => waiting === 0,
      { waitMs: 60_000, what: 'all events stored' }
    );
  }

  async stop(): Promise<void> {
    await this.nats.close();
    await this.wabus.stop();
  }
}
