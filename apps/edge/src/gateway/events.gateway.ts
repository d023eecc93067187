import type { BeforeApplicationShutdown } from '@nestjs/common';
import {
  Ack,
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit
} from '@nestjs/websockets';
import {
  GATEWAY_NAMESPACE,
  isCommandName,
  WabusError,
  type CommandOutcome,
  type DurableSubscribeOutcome,
  type DurableUnsubscribeOutcome,
  type SubscribeOutcome
} from '@wabus/contracts';
import type { Namespace, Socket } from 'socket.io';
import { STAGES, tracing } from '@wabus/runtime/tracing';
import { CommandClient } from '../commands-out/command.client.js';
import { isDurable } from '../subscriptions/subscription-terms.policy.js';
import { DurableGateway } from './durable.gateway.js';
import { GatewayObserver } from './gateway.observer.js';
import { HandshakeAuthenticator, principalOf } from './handshake-authenticator.js';
import { SubscriberFactory, type Subscribers } from './subscriber.factory.js';
import { fieldsOf } from './subscription.policy.js';

type Outcome = SubscribeOutcome | CommandOutcome | DurableSubscribeOutcome | DurableUnsubscribeOutcome;
type AckFunction = (outcome: Outcome) => void;

const COMMAND_FIELDS = ['session', 'method', 'args', 'deadlineMs', 'idempotencyKey'];
const MESSAGES = new Set(['subscribe', 'unsubscribe', 'command']);

/**
 * The event gateway in the namespace `/api/events`. It answers every message in its ack; if handling a message without an ack fails, it
 * answers with `exception`. Invalid input never throws out of the gateway, and changes at most the subscriptions of its own client.
 */
@WebSocketGateway({ namespace: GATEWAY_NAMESPACE })
export class EventsGateway
  implements OnGatewayInit<Namespace>, OnGatewayConnection<Socket>, OnGatewayDisconnect<Socket>, BeforeApplicationShutdown
{
  private subscribers!: Subscribers;

  @WebSocketServer()
  private readonly namespace!: Namespace;

  constructor(
    private readonly authenticator: HandshakeAuthenticator,
    private readonly factory: SubscriberFactory,
    private readonly commands: CommandClient,
    private readonly observer: GatewayObserver,
    private readonly durable: DurableGateway
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use((socket, next) => void this.authenticator.admit(socket, next));
    namespace.use((socket, next) => this.factory.limitConnections(socket, next));
    this.subscribers = this.factory.serve(namespace);
  }

  handleConnection(socket: Socket): void {
    this.observer.connected(socket);
    socket.use(([name, ...args], next) => (MESSAGES.has(name) ? next() : this.refuseUnknown(socket, args)));
  }

  handleDisconnect(socket: Socket): void {
    this.subscribers.remove(socket);
    this.observer.gone(socket);
  }

  beforeApplicationShutdown(): void {
    this.subscribers.stop();
  }

  @SubscribeMessage('subscribe')
  subscribe(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() ack?: AckFunction): Promise<void> {
    return this.answer(socket, ack, () =>
      isDurable(message) ? this.durable.subscribe(socket, message) : this.subscribers.of(socket).subscribe(message, principalOf(socket))
    );
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() ack?: AckFunction): Promise<void> {
    return this.answer(socket, ack, () =>
      isDurable(message) ? this.durable.unsubscribe(socket, message) : this.subscribers.of(socket).unsubscribe(message)
    );
  }

  @SubscribeMessage('command')
  command(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() ack?: AckFunction): Promise<void> {
    return this.answer(socket, ack, async () => {
      const { session, method, args, deadlineMs, idempotencyKey } = fieldsOf(message, COMMAND_FIELDS);
      const execute = () => this.commands.execute(principalOf(socket), { session, method, args, deadlineMs, idempotencyKey });
      return { ok: true, data: tracing.isOn ? await tracing.run(tracing.begin(commandStage(method)), execute) : await execute() };
    });
  }

  private async answer(socket: Socket, ack: AckFunction | undefined, work: () => Promise<Outcome>): Promise<void> {
    try {
      const outcome = await work();
      ack?.(outcome);
    } catch (thrown) {
      this.refuse(socket, ack, thrown);
    }
  }

  private refuseUnknown(socket: Socket, args: unknown[]): void {
    const last = args.at(-1);
    const error = new WabusError('INVALID_REQUEST', {
      message: 'There is no message with this name; `details.messages` lists the known names.',
      details: { messages: [...MESSAGES] }
    });
    this.refuse(socket, typeof last === 'function' ? (last as AckFunction) : undefined, error);
  }

  private refuse(socket: Socket, ack: AckFunction | undefined, thrown: unknown): void {
    const error = WabusError.from(thrown);
    this.observer.refused(socket, error);
    if (ack) ack({ ok: false, error: error.toBody() });
    else socket.emit('exception', error.toBody());
  }
}

/** Clients choose the name, so only the name of a known command goes into a trace. */
const commandStage = (method: unknown) => STAGES.command(typeof method === 'string' && isCommandName(method) ? method : 'unknown');

/** The same gateway in the root namespace: python-socketio drops the path of its URL and joins the root namespace. */
@WebSocketGateway({ namespace: '/' })
export class RootGateway extends EventsGateway {}
