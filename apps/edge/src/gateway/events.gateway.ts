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
import { GATEWAY_NAMESPACE, WabusError, type CommandOutcome, type DurableSubscribeOutcome, type SubscribeOutcome } from '@wabus/contracts';
import type { Namespace, Socket } from 'socket.io';
import { CommandClient } from '../commands-out/command.client.js';
import { LiveEvents, type LiveEvent } from '../events-in/live-events.js';
import { isDurable } from '../subscriptions/subscription-terms.policy.js';
import { DurableGateway } from './durable.gateway.js';
import { GatewayObserver } from './gateway.observer.js';
import { HandshakeAuthenticator, principalOf } from './handshake.authenticator.js';
import { JsonText } from './json-text.encoder.js';
import { fieldsOf } from './message-fields.policy.js';
import { heardIn, parseRoom, roomOf } from './room.codec.js';
import { eventsToLeave, roomsToJoin } from './subscription.policy.js';

type Outcome = SubscribeOutcome | CommandOutcome | DurableSubscribeOutcome | { ok: true; durable: string[] };
type AckFunction = (outcome: Outcome) => void;

const MESSAGES = new Set(['subscribe', 'unsubscribe', 'command']);

/**
 * The event gateway in the namespace `/api/events`. Every message is answered in its ack; one without an ack whose handling fails is answered
 * with `exception`. Whatever a client sends, the gateway throws nothing and changes nothing but that client's own subscriptions.
 */
@WebSocketGateway({ namespace: GATEWAY_NAMESPACE })
export class EventsGateway
  implements OnGatewayInit<Namespace>, OnGatewayConnection<Socket>, OnGatewayDisconnect<Socket>, BeforeApplicationShutdown
{
  private stopListening: () => void = () => undefined;

  @WebSocketServer()
  private readonly namespace!: Namespace;

  constructor(
    private readonly authenticator: HandshakeAuthenticator,
    private readonly events: LiveEvents,
    private readonly commands: CommandClient,
    private readonly observer: GatewayObserver,
    private readonly durable: DurableGateway
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use((socket, next) => this.authenticator.admit(socket, next));
    this.stopListening = this.events.listen(event => this.deliver(event));
  }

  handleConnection(socket: Socket): void {
    this.observer.connected(socket);
    socket.use(([name, ...args], next) => (MESSAGES.has(name) ? next() : this.refuseUnknown(socket, args)));
  }

  handleDisconnect(socket: Socket): void {
    this.observer.gone(socket);
  }

  beforeApplicationShutdown(): void {
    this.stopListening();
  }

  @SubscribeMessage('subscribe')
  subscribe(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() ack?: AckFunction): void {
    if (isDurable(message)) return this.answerLater(socket, ack, this.durable.subscribe(socket, message));
    this.answer(socket, ack, () => {
      // Joining and reading the cursor happen in one step, so that everything after the cursor is delivered.
      void socket.join(roomsToJoin(message, principalOf(socket)));
      return this.subscription(socket);
    });
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() ack?: AckFunction): void {
    if (isDurable(message)) return this.answerLater(socket, ack, this.durable.unsubscribe(socket, message));
    this.answer(socket, ack, () => {
      const events = eventsToLeave(message);
      for (const room of [...socket.rooms]) {
        const heard = parseRoom(room);
        if (heard && (events === null || events.includes(heard.event))) void socket.leave(room);
      }
      return this.subscription(socket);
    });
  }

  @SubscribeMessage('command')
  async command(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() ack?: AckFunction): Promise<void> {
    try {
      const { session, method, args, deadlineMs } = fieldsOf(message, ['session', 'method', 'args', 'deadlineMs']);
      const data = await this.commands.execute(principalOf(socket), { session, method, args, deadlineMs });
      ack?.({ ok: true, data });
    } catch (thrown) {
      this.refuse(socket, ack, thrown);
    }
  }

  private subscription(socket: Socket): SubscribeOutcome {
    return { ok: true, refused: [], ...heardIn(socket.rooms), cursor: this.events.cursor };
  }

  private answer(socket: Socket, ack: AckFunction | undefined, work: () => Outcome): void {
    try {
      const outcome = work();
      ack?.(outcome);
    } catch (thrown) {
      this.refuse(socket, ack, thrown);
    }
  }

  private answerLater(socket: Socket, ack: AckFunction | undefined, work: Promise<Outcome>): void {
    work.then(
      outcome => ack?.(outcome),
      (thrown: unknown) => this.refuse(socket, ack, thrown)
    );
  }

  private refuseUnknown(socket: Socket, args: unknown[]): void {
    const last = args.at(-1);
    const error = new WabusError('INVALID_REQUEST', { message: 'There is no such message.', details: { messages: [...MESSAGES] } });
    this.refuse(socket, typeof last === 'function' ? (last as AckFunction) : undefined, error);
  }

  private refuse(socket: Socket, ack: AckFunction | undefined, thrown: unknown): void {
    const error = WabusError.from(thrown);
    this.observer.refused(socket, error);
    if (ack) ack({ ok: false, error: error.toBody() });
    else socket.emit('exception', error.toBody());
  }

  private deliver({ facts, body }: LiveEvent): void {
    const { rooms } = this.namespace.adapter;
    const heard = [roomOf('*', facts.event), roomOf(facts.session, facts.event)].filter(room => rooms.has(room));
    if (heard.length > 0) this.namespace.to(heard).emit(facts.event, new JsonText(body));
  }
}
