import type { Socket } from 'socket.io';
import { WabusError } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import type { DeliveryClient, DeliveryOutcome, DismissalReason } from '../subscriptions/delivery-answer.policy.js';
import { JsonText } from './json-text.encoder.js';

const GONE: DeliveryOutcome = { kind: 'gone' };

/** A socket that is a member of durable subscriptions. It receives each event as a `delivery`, and its answer is the Socket.IO ack. */
export class SocketDeliveryClient implements DeliveryClient {
  private readonly pending = new Set<(outcome: DeliveryOutcome) => void>();

  constructor(
    private readonly socket: Socket,
    readonly principal: Principal
  ) {
    socket.once('disconnect', () => {
      for (const settle of [...this.pending]) settle(GONE);
      forgetAcks(socket);
    });
  }

  get id(): string {
    return this.socket.id;
  }

  deliver(text: string, ackWaitMs: number): Promise<DeliveryOutcome> {
    if (!this.socket.connected) return Promise.resolve(GONE);
    return new Promise(resolve => {
      const settle = (outcome: DeliveryOutcome): void => {
        this.pending.delete(settle);
        resolve(outcome);
      };
      this.pending.add(settle);
      this.socket.timeout(ackWaitMs).emit('delivery', new JsonText(text), (expired: Error | null, answer?: unknown) => {
        settle(expired ? { kind: 'expired' } : { kind: 'answered', answer });
      });
    });
  }

  dismiss(subscription: string, why: DismissalReason): void {
    const error =
      why === 'removed'
        ? new WabusError('NOT_FOUND', { message: `The durable subscription "${subscription}" was removed.`, details: { subscription } })
        : new WabusError('FORBIDDEN', {
            message: `The durable subscription "${subscription}" was changed and now delivers events that the token does not permit.`,
            details: { subscription }
          });
    this.socket.emit('exception', error.toBody());
  }
}

/**
 * Socket.IO keeps the timers of pending acks, and the data that they reference, after the socket is gone: here for up to an hour.
 * Calling an ack clears its timer.
 */
function forgetAcks(socket: Socket): void {
  const { acks } = socket as unknown as { readonly acks: Map<number, () => void> };
  for (const acknowledge of [...acks.values()]) acknowledge();
  acks.clear();
}
