import { AckPolicy, DeliverPolicy, ReplayPolicy, type ConsumerConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { decodeCursor, EVENT_STREAM, WabusError, type Cursor } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { putConsumer } from '../streams/consumer-creation.js';
import { jetStreamCode, JETSTREAM_CODE, storageError } from '../errors/broker-error.mapper.js';
import { streamIdentity } from '../streams/logged-event.codec.js';
import { Membership, type GroupMember } from './group-membership.js';

export * from './group-membership.js';

/** The events that a group shares and the limits of their delivery. */
export interface GroupTerms {
  /** Subjects of stored events; none of them covers another. */
  readonly filters: readonly string[];
  /** An event that is neither settled nor returned within this time, in ms, is redelivered to any member. */
  readonly ackWaitMs: number;
  /** Maximum number of unsettled events across all members. With 1, the order of the log is kept even through redeliveries. */
  readonly maxUnderWay: number;
}

/** The start of a new group: after a cursor, or with the events stored from now on. */
export type GroupStart = { readonly kind: 'after'; readonly cursor: Cursor } | { readonly kind: 'now' };

export interface GroupState {
  /** Number of events not delivered to any member yet. */
  readonly waiting: number;
  /** Number of delivered events that are not settled yet. */
  readonly underWay: number;
}

const PREFIX = 'group_';

/**
 * Groups that share the events of the log: each event goes to one member, on any connection, until it is settled.
 * The broker stores the position of a group, so the group survives its members, their processes and restarts of the broker.
 * Delivery is at least once: events settled just before a failure may be delivered again.
 * Names consist of `A-Z a-z 0-9 _ -`. Every method throws `BROKER_UNAVAILABLE` if the broker does not answer.
 *
 * Each group is one durable pull consumer of the event stream, from which all its members pull.
 */
export class EventGroups {
  private readonly memberships = new Set<Membership>();

  constructor(private readonly connection: NatsConnection) {}

  /** Creates a group; an existing group stays unchanged. Throws `INVALID_REQUEST` if the cursor belongs to another log. */
  async establish(name: string, terms: GroupTerms, start: GroupStart): Promise<void> {
    try {
      if ((await this.state(name)) !== null) return;
      const settings = {
        durable_name: PREFIX + name,
        ack_policy: AckPolicy.Explicit,
        replay_policy: ReplayPolicy.Instant,
        ...(await this.startPolicy(start)),
        ...changeable(terms)
      };
      await putConsumer(this.connection, { stream: EVENT_STREAM, name: PREFIX + name }, { settings, action: 'create' });
    } catch (error) {
      throw storageError(error);
    }
  }

  /** Changes the terms of a group, which keeps its position in the log. Throws `NOT_FOUND`. */
  async change(name: string, terms: GroupTerms): Promise<void> {
    try {
      const { config } = await this.connection.jetstream.consumers.info(EVENT_STREAM, PREFIX + name);
      // The server reports a single filter in a different field than several filters.
      const { filter_subject: _single, ...kept } = config;
      await putConsumer(
        this.connection,
        { stream: EVENT_STREAM, name: PREFIX + name },
        { settings: { ...kept, ...changeable(terms) }, action: 'update' }
      );
    } catch (error) {
      if (jetStreamCode(error) === JETSTREAM_CODE.consumerNotFound) throw new WabusError('NOT_FOUND', { cause: error });
      throw storageError(error);
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await this.connection.jetstream.consumers.delete(EVENT_STREAM, PREFIX + name);
    } catch (error) {
      if (jetStreamCode(error) !== JETSTREAM_CODE.consumerNotFound) throw storageError(error);
    }
  }

  /** Returns the state of a group; `null` if it does not exist. */
  async state(name: string): Promise<GroupState | null> {
    try {
      const info = await this.connection.jetstream.consumers.info(EVENT_STREAM, PREFIX + name);
      return { waiting: info.num_pending, underWay: info.num_ack_pending };
    } catch (error) {
      if (jetStreamCode(error) === JETSTREAM_CODE.consumerNotFound) return null;
      throw storageError(error);
    }
  }

  /** Joins a group until the membership ends. The membership survives restarts of the broker, and waits if the group does not exist. */
  join(name: string, member: GroupMember): Membership {
    const membership = new Membership(this.connection, PREFIX + name, member);
    this.memberships.add(membership);
    void membership.ended.then(() => this.memberships.delete(membership));
    return membership;
  }

  /** Ends every membership. */
  async close(): Promise<void> {
    await Promise.all([...this.memberships].map(membership => membership.leave()));
  }

  private async startPolicy(start: GroupStart): Promise<Partial<ConsumerConfig>> {
    switch (start.kind) {
      case 'now':
        return { deliver_policy: DeliverPolicy.New };
      case 'after': {
        const position = decodeCursor(start.cursor);
        const { created } = await this.connection.jetstream.streams.info(EVENT_STREAM);
        if (position?.stream !== streamIdentity(created)) {
          throw new WabusError('INVALID_REQUEST', {
            message: 'This cursor does not belong to this event log.',
            details: { field: 'since' }
          });
        }
        return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: position.sequence + 1 };
      }
    }
  }
}

function changeable({ filters, ackWaitMs, maxUnderWay }: GroupTerms): Partial<ConsumerConfig> {
  // The members decide when to stop retrying, and they can report it; the server would drop the event silently.
  return { filter_subjects: [...filters], ack_wait: nanos(ackWaitMs), max_ack_pending: maxUnderWay, max_deliver: -1 };
}
