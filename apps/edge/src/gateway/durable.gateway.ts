import { Injectable } from '@nestjs/common';
import type { DurableSubscribeOutcome, DurableUnsubscribeOutcome } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import type { Socket } from 'socket.io';
import { DurableSubscriptions } from '../subscriptions/durable-subscriptions.js';
import { parseName } from '../subscriptions/subscription-terms.policy.js';
import { principalOf } from './handshake-authenticator.js';
import { fieldsOf } from './subscription.policy.js';
import { SocketDeliveryClient } from './socket-delivery-client.js';

/** Lets sockets join and leave durable subscriptions. */
@Injectable()
export class DurableGateway {
  private readonly logger: Logger;
  private readonly clients = new WeakMap<Socket, SocketDeliveryClient>();

  constructor(
    private readonly subscriptions: DurableSubscriptions,
    log: Log
  ) {
    this.logger = log.for('gateway');
  }

  /** Answers a `subscribe` message in its durable form. Throws the errors of `DurableSubscriptions.join`. */
  async subscribe(socket: Socket, message: unknown): Promise<DurableSubscribeOutcome> {
    const client = this.clientOf(socket);
    const subscription = await this.subscriptions.join(client, message);
    // A socket that disconnected during the join was not a member yet at that moment.
    if (!socket.connected) await this.subscriptions.leave(client);
    return { ok: true, subscription };
  }

  /** Answers an `unsubscribe` message `{durable: name}` with the remaining names. Throws `INVALID_REQUEST`. */
  async unsubscribe(socket: Socket, message: unknown): Promise<DurableUnsubscribeOutcome> {
    const name = parseName(fieldsOf(message, ['durable'])['durable']);
    const client = this.clientOf(socket);
    await this.subscriptions.leave(client, name);
    return { ok: true, durable: this.subscriptions.joined(client) };
  }

  private clientOf(socket: Socket): SocketDeliveryClient {
    const known = this.clients.get(socket);
    if (known) return known;
    const client = new SocketDeliveryClient(socket, principalOf(socket));
    this.clients.set(socket, client);
    socket.once('disconnect', () => {
      this.subscriptions
        .leave(client)
        .catch((err: unknown) => this.logger.error({ err, socket: socket.id }, 'failed to leave durable subscriptions'));
    });
    return client;
  }
}
