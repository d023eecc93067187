import { headers, type NatsConnection as NatsClient } from '@nats-io/transport-node';
import { ClientProxy } from '@nestjs/microservices/client/client-proxy.js';
import type { ReadPacket, WritePacket } from '@nestjs/microservices';
import {
  clockOfRefusal,
  COMMAND_HEADERS,
  commandSubject,
  decodeOutcome,
  invalidIdempotencyKey,
  isIdempotencyKey,
  TRANSFER_PREFIX,
  WabusError,
  type SessionId
} from '@wabus/contracts';
import { errorName, STAGES, tracing } from '@wabus/runtime/tracing';
import { Observable } from 'rxjs';
import type { NatsConnection } from '../connection/nats-connection.js';
import { commandError } from '../errors/broker-error.mapper.js';

/** Reserved for headers within the server's maximum message size. */
export const HEADER_BYTES = 2_048;
const METHOD = /^[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){0,3}$/;

/** The data of one request; the Nest pattern is the method. */
export interface OutgoingCommand {
  readonly session: SessionId;
  /** JSON text. */
  readonly body: string;
  readonly deadlineMs: number;
  readonly idempotencyKey?: string | undefined;
}

/**
 * Sends commands to the connector that owns a session: `send(method, command)` emits the data of the reply, or completes without a value if the reply has none.
 * The observable fails with the error that the owner returned, or with `NO_OWNER` (no connector serves the session; the command was not executed), `TIMEOUT`
 * (no reply within `deadlineMs`; the command may have been executed), `BROKER_UNAVAILABLE`, `PAYLOAD_TOO_LARGE`, `UNKNOWN_COMMAND` or `INVALID_REQUEST`.
 */
export class CommandProxy extends ClientProxy {
  /** The offset from `performance.now()` to the owners' clock, as an owner reported it; `null` while the clocks agree. */
  private ownersClock: number | null = null;

  /** @param prefix of the subjects; default: that of commands */
  constructor(
    private readonly connection: NatsConnection,
    private readonly prefix?: string
  ) {
    super();
  }

  /** The connection belongs to the broker module. */
  connect(): Promise<NatsClient> {
    return Promise.resolve(this.connection.client);
  }

  close(): void {}

  /** Like Nest's `send`, but without waiting for `connect()` before each command: the connection is open as long as the proxy. */
  override send<Result = unknown, Command = OutgoingCommand>(pattern: string, command: Command): Observable<Result> {
    return new Observable(observer => {
      const packet = this.createPacket(pattern, command) as ReadPacket<OutgoingCommand>;
      return this.publish(packet, this.createObserver(observer));
    });
  }

  unwrap<T>(): T {
    return this.connection.client as T;
  }

  /** The observable fails with any error that this method throws or passes to the callback. */
  protected publish({ pattern, data }: ReadPacket<OutgoingCommand>, callback: (packet: WritePacket) => void): () => void {
    const { client, isConnected, maxMessageBytes } = this.connection;
    const { session, body, deadlineMs, idempotencyKey } = data;
    const method = String(pattern);
    // Neither wildcards nor line breaks may reach a subject or a header.
    if (!METHOD.test(method)) throw new WabusError('UNKNOWN_COMMAND');
    if (idempotencyKey !== undefined && !isIdempotencyKey(idempotencyKey)) throw invalidIdempotencyKey();
    if (Buffer.byteLength(body) > maxMessageBytes - HEADER_BYTES) throw new WabusError('PAYLOAD_TOO_LARGE');
    if (!isConnected) throw new WabusError('BROKER_UNAVAILABLE', { certain: true });
    const span = tracing.isOn && this.prefix === undefined ? tracing.begin(STAGES.ask(session, method), tracing.current) : undefined;
    const ask = async (remainingMs: number): Promise<unknown> => {
      const header = headers();
      header.set(COMMAND_HEADERS.deadline, new Date(this.ownersNow + remainingMs).toISOString());
      if (idempotencyKey !== undefined) header.set(COMMAND_HEADERS.idempotencyKey, idempotencyKey);
      if (span?.traceparent !== undefined) header.set(COMMAND_HEADERS.traceparent, span.traceparent);
      const options = { timeout: remainingMs, headers: header };
      return decodeOutcome((await client.request(commandSubject(session, method, this.prefix), body, options)).string());
    };
    this.askTwice(ask, deadlineMs).then(
      reply => {
        span?.end();
        callback({ response: reply, isDisposed: true });
      },
      (thrown: unknown) => {
        const error = commandError(thrown);
        span?.end({ error: errorName(error) });
        callback({ err: error });
      }
    );
    return () => undefined;
  }

  /**
   * If the owner's clock is ahead of this process's clock, every deadline appears expired to the owner: the second attempt has a deadline by the owner's clock.
   */
  private async askTwice(ask: (remainingMs: number) => Promise<unknown>, deadlineMs: number): Promise<unknown> {
    const deadlineAt = performance.now() + deadlineMs;
    try {
      return await ask(deadlineMs);
    } catch (error) {
      const clock = clockOfRefusal(error);
      const remainingMs = Math.floor(deadlineAt - performance.now());
      if (clock === null || remainingMs <= 0) throw error;
      this.ownersClock = clock - performance.now();
      return ask(remainingMs);
    }
  }

  private get ownersNow(): number {
    return this.ownersClock === null ? Date.now() : performance.now() + this.ownersClock;
  }

  /** Events are published through the event log, which stores them: see docs/adr/0033-commands-on-a-nest-transport.md. */
  protected dispatchEvent(): Promise<never> {
    return Promise.reject(
      new WabusError('INTERNAL', { message: 'This client only sends commands: publish events through the event log.' })
    );
  }
}

/** The proxy for the steps of a credential transfer, on subjects that only edges and connectors may use. */
export class TransferProxy extends CommandProxy {
  constructor(connection: NatsConnection) {
    super(connection, TRANSFER_PREFIX);
  }
}
