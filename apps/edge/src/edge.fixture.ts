import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { openBroker, type Broker, type CommandContext } from '@wabus/broker';
import {
  COMMAND_CATALOG,
  decodeOutcome,
  encodeJson,
  EVENT_STREAM,
  NOTHING_OBSERVED,
  recordKey,
  REGISTRY_BUCKET,
  statusKey,
  type EventName,
  type SessionId,
  type SessionRecord,
  type SessionStatusRecord
} from '@wabus/contracts';
import { createTempFolder, dropBefore, EdgeClient, launchNatsServer, type NatsServer } from '@wabus/testing';
import { createLogger, FrameworkLogger, loadConfig, type Environment } from '@wabus/runtime';
import { EdgeConfig } from './config/edge.config.js';
import { edgeBroker } from './config/edge.settings.js';
import { createEdge } from './edge-application.js';

export const TOKEN = 'an-unrestricted-token-01';
/** A token that permits reading and controlling the session `sales` only. */
export const SALES_TOKEN = 'a-token-for-sales-only-02';
/** A token that permits reading every session, but neither changing nor sending anything. */
export const READER_TOKEN = 'a-token-that-only-reads-03';

const TOKEN_FILE = `${TOKEN}\n${SALES_TOKEN} sessions=sales\n${READER_TOKEN} scopes=read\n`;

/** A command as the owner of a session receives it. */
export interface OwnedCommand extends Pick<CommandContext, 'session' | 'method' | 'idempotencyKey'> {
  /** JSON text. */
  readonly body: string;
}

// Broker and edge would log the restarts that the tests provoke.
Logger.overrideLogger(false);

/** An edge as it runs in production, on a free port, between a real nats-server and the test, which acts as the connector. */
export class EdgeFixture {
  private readonly folder = createTempFolder('edge');
  private readonly clients: EdgeClient[] = [];
  /** The log entries of this fixture's edges from level `info`, if they have a setting `WABUS_LOG_LEVEL`. */
  readonly logged: Record<string, unknown>[] = [];
  private published = 0;
  private app: NestExpressApplication | null = null;
  private readonly others: NestExpressApplication[] = [];
  private port = 0;

  private constructor(
    readonly nats: NatsServer,
    /** The connector's connection. */
    readonly broker: Broker,
    private readonly env: Environment,
    private readonly ownsBroker = true
  ) {}

  static async launch(env: Environment = {}): Promise<EdgeFixture> {
    const nats = await launchNatsServer();
    let broker: Broker | null = null;
    try {
      broker = await openBroker(edgeBroker(loadConfig(EdgeConfig, { WABUS_NATS_URL: nats.url, WABUS_ACCESS_TOKEN_FILE: 'unused' })));
      const fixture = new EdgeFixture(nats, broker, env);
      await fixture.writeTokens();
      await fixture.startEdge();
      return fixture;
    } catch (error) {
      // Otherwise both would outlive the tests.
      await broker?.close();
      await nats.stop();
      throw error;
    }
  }

  /** Creates another edge on the same broker, which must be stopped before this one. */
  async another(env: Environment = {}): Promise<EdgeFixture> {
    const other = new EdgeFixture(this.nats, this.broker, { ...this.env, ...env }, false);
    await writeFile(join(other.folder.path, 'tokens'), TOKEN_FILE, { mode: 0o600 });
    await other.startEdge();
    return other;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Returns the routes that this edge serves, as `VERB /path/{part}`. */
  routes(): string[] {
    const express = this.app!.getHttpAdapter().getInstance() as {
      router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
    };
    // The framework's middleware is registered at paths with a star.
    const routes = express.router.stack.flatMap(({ route }) => (route && !route.path.includes('*') ? [route] : []));
    return routes.flatMap(({ path, methods }) =>
      Object.keys(methods).map(verb => `${verb.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`)
    );
  }

  /** Replaces the token file. The tokens of this module come first. */
  async writeTokens(...lines: string[]): Promise<void> {
    await writeFile(join(this.folder.path, 'tokens'), TOKEN_FILE + lines.map(line => `${line}\n`).join(''), { mode: 0o600 });
  }

  /** Starts an edge on the port of the previous one. */
  async startEdge(): Promise<void> {
    this.app = await this.createEdge(this.env);
    await this.app.listen(this.port, '127.0.0.1');
    this.port = Number(new URL(await this.app.getUrl()).port);
  }

  /** Starts another edge next to this one, and returns its URL. */
  async startAnother(env: Environment = {}): Promise<string> {
    const app = await this.createEdge({ ...this.env, ...env });
    this.others.push(app);
    await app.listen(0, '127.0.0.1');
    return `http://127.0.0.1:${new URL(await app.getUrl()).port}`;
  }

  private async createEdge(env: Environment): Promise<NestExpressApplication> {
    const config = loadConfig(EdgeConfig, {
      WABUS_NATS_URL: this.nats.url,
      WABUS_ACCESS_TOKEN_FILE: join(this.folder.path, 'tokens'),
      ...env
    });
    const destination = { write: (line: string) => void this.logged.push(JSON.parse(line) as Record<string, unknown>) };
    const isQuiet = env['WABUS_LOG_LEVEL'] === undefined;
    const logger = createLogger({ service: 'edge', ...(isQuiet ? { level: 'fatal' } : { level: 'info', destination }) });
    return createEdge({ config, logger, frameworkLogger: new FrameworkLogger(logger) });
  }

  async stopEdge(): Promise<void> {
    await this.app?.close();
    this.app = null;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await this.stopEdge();
    await Promise.all(this.others.map(app => app.close()));
    if (this.ownsBroker) {
      await this.broker.close();
      await this.nats.stop();
    }
    this.folder.remove();
  }

  client(token = TOKEN): EdgeClient {
    const client = new EdgeClient(this.url, token);
    this.clients.push(client);
    return client;
  }

  /** Publishes an event as a connector does. */
  async publish(session: string, event: EventName, payload: unknown): Promise<void> {
    const id = `test-${++this.published}`;
    const facts = { id, session: session as SessionId, event, epoch: 1, at: new Date().toISOString(), schemaVersion: 1 };
    await this.broker.eventLog.pipeline.publish(facts, encodeJson(payload));
  }

  /** Removes all events before a sequence, as the limits of the log do over time. */
  async dropEventsBefore(sequence: number): Promise<void> {
    await dropBefore(this.nats.url, EVENT_STREAM, sequence);
  }

  /** Reports the status of a session as its owner does. */
  async report(session: string, status: Partial<SessionStatusRecord>): Promise<void> {
    const record: SessionStatusRecord = {
      ...NOTHING_OBSERVED,
      session: session as SessionId,
      state: 'open',
      connector: 'test',
      epoch: 1,
      updatedAt: new Date().toISOString(),
      qr: null,
      pairingCode: null,
      recordAt: null,
      ...status
    };
    await this.broker.buckets.bucket(REGISTRY_BUCKET).put(statusKey(record.session), Buffer.from(JSON.stringify(record)));
  }

  async record(session: string): Promise<SessionRecord | null> {
    const entry = await this.broker.buckets.bucket(REGISTRY_BUCKET).get(recordKey(session as SessionId));
    return entry && (JSON.parse(Buffer.from(entry.value).toString('utf8')) as SessionRecord);
  }

  /** Removes a session as its owner does after `deleteSession`. */
  async remove(session: string): Promise<void> {
    await this.broker.buckets.bucket(REGISTRY_BUCKET).delete(recordKey(session as SessionId));
  }

  /** Serves the commands of a session as its owner does, with the JSON text of outcomes. */
  async own(session: string, answer: (command: OwnedCommand) => Promise<string>): Promise<void> {
    const server = this.broker.commandServer;
    for (const [method, { deadlineMs }] of Object.entries(COMMAND_CATALOG)) {
      const handler = async (body: string, { owner, session, idempotencyKey }: CommandContext): Promise<unknown> =>
        decodeOutcome(await (owner as typeof answer)({ session, method, body, idempotencyKey }));
      server.addHandler(method, handler, false, { deadlineMs });
    }
    await server.bind(session as SessionId, 1, answer);
  }
}
