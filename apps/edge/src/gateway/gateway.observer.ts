import { Injectable } from '@nestjs/common';
import type { WabusError } from '@wabus/contracts';
import { Log, MetricsRegistry, type Counter, type Gauge, type Logger } from '@wabus/runtime';
import type { Socket } from 'socket.io';
import { principalOf } from './handshake-authenticator.js';

/** Metrics and logs of the gateway. */
@Injectable()
export class GatewayObserver {
  private readonly logger: Logger;
  private readonly clients: Gauge<'namespace'>;
  private readonly behind: Counter<'why'>;
  private readonly givenUp: Counter;
  private readonly buffered: Gauge;

  constructor(log: Log, metrics: MetricsRegistry) {
    this.logger = log.for('gateway');
    this.clients = metrics.gauge({ name: 'wabus_edge_clients', help: 'Connected Socket.IO clients.', labels: ['namespace'] });
    this.behind = metrics.counter({
      name: 'wabus_edge_catch_ups_total',
      help: 'Times that a client was served from the log: it asked for past events, or did not keep up.',
      labels: ['why']
    });
    this.givenUp = metrics.counter({ name: 'wabus_edge_slow_clients_total', help: 'Clients disconnected because they did not read.' });
    this.buffered = metrics.gauge({
      name: 'wabus_edge_client_buffer_bytes',
      help: 'Bytes that wait in this process for Socket.IO clients; data shared by the members of a room counts once.'
    });
  }

  connected(socket: Socket): void {
    this.clients.inc({ namespace: socket.nsp.name });
    this.logger.debug({ socket: socket.id, principal: principalOf(socket).id }, 'client connected');
  }

  gone(socket: Socket): void {
    this.clients.dec({ namespace: socket.nsp.name });
    this.logger.debug({ socket: socket.id }, 'client disconnected');
  }

  catchesUp(socket: Socket, why: 'past' | 'slow'): void {
    this.behind.inc({ why });
    this.logger.debug({ socket: socket.id, why }, 'serving a client from the event log');
  }

  /** Sets the number of bytes that wait for all clients. */
  waiting(bytes: number): void {
    this.buffered.set(bytes);
  }

  gaveUp(socket: Socket): void {
    this.givenUp.inc();
    this.logger.info({ socket: socket.id, principal: principalOf(socket).id }, 'disconnecting a client that stopped reading');
  }

  refused(socket: Socket, error: WabusError): void {
    if (error.code === 'INTERNAL') this.logger.error({ err: error.cause ?? error, socket: socket.id }, 'message failed');
    else this.logger.debug({ code: error.code, socket: socket.id }, 'message refused');
  }
}
