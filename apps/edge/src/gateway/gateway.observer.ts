import { Injectable } from '@nestjs/common';
import type { WabusError } from '@wabus/contracts';
import { Log, MetricsRegistry, type Gauge, type Logger } from '@wabus/runtime';
import type { Socket } from 'socket.io';
import { principalOf } from './handshake.authenticator.js';

/** What operators see of the gateway: connected clients, and failures that are ours. */
@Injectable()
export class GatewayObserver {
  private readonly logger: Logger;
  private readonly clients: Gauge<'namespace'>;

  constructor(log: Log, metrics: MetricsRegistry) {
    this.logger = log.for('gateway');
    this.clients = metrics.gauge({ name: 'wabus_edge_clients', help: 'Connected Socket.IO clients.', labels: ['namespace'] });
  }

  connected(socket: Socket): void {
    this.clients.inc({ namespace: socket.nsp.name });
    this.logger.debug({ socket: socket.id, principal: principalOf(socket).id }, 'client connected');
  }

  gone(socket: Socket): void {
    this.clients.dec({ namespace: socket.nsp.name });
    this.logger.debug({ socket: socket.id }, 'client gone');
  }

  refused(socket: Socket, error: WabusError): void {
    if (error.code === 'INTERNAL') this.logger.error({ err: error.cause ?? error, socket: socket.id }, 'message failed');
    else this.logger.debug({ code: error.code, socket: socket.id }, 'message refused');
  }
}
