import { AckPolicy, DeliverPolicy, ReplayPolicy, type ConsumerConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { decodeCursor, EVENT_STREAM, WabusError, type Cursor } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { putConsumer } from '../streams/consumer-creation.js';
import { jetStreamCode, JETSTREAM_CODE, storageError } from '../errors/broker-error.mapper.js';
import { streamIdentity } from '../streams/logged-event.codec.js';
import { Membership, type GroupMember } from './group-membership.js';

export * from './group-membership.js';

/** What a group shares, and how patient it is. */
export interface GroupTerms {
  /** Subjects of stored events, none covered by another. */
  readonly filters: readonly string[];
  /** An event that is neither settled nor given back in this time is given to somebody again. */
  readonly ackWaitMs: number;
  /** Events that may be in progress over all members. With 1 the order of the log holds through every repetition. */
  readonly maxUnderWay: number;
}

/** Where a new group begins: after a cursor, or with what is stored from now on. */
export type GroupStart = { readonly kind: 'after'; readonly cursor: Cursor } | { readonly kind: 'now' };

export interface GroupState {
  /** Events that nobody got yet. */
  readonly waiting: number;
  /** Events that somebody holds. */
  readonly underWay: number;
}

const PREFIX = 'group_';

/**
 * Groups that share the events of the log: each event goes to one member, wherever that is connected, until it is settled. The broker keeps how far a group is,
 * so it outlives its members, their processes and restarts of the broker. At least once: what was settled just before a failure may come again.
 * Names are of `A-Z a-z 0-9 _ -`. Every method throws `BROKER_UNAVAILABLE` when the broker does not answer.
 *
 * Groups on durable pull consumers of the event stream, one for each group; every member pulls from the same one.
 */
export class EventGroups {
  private readonly memberships = new Set<Membership>();

  constructor(private readonly connection: NatsConnection) {}

  /** Begins a group; one that is there already stays as it is. Throws `INVALID_REQUEST` on a cursor of another log. */
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

  /** Gives a group other terms. It keeps its place in the log. Throws `NOT_FOUND`. */
  async change(name: string, terms: GroupTerms): Promise<void> {
    try {
      const { config } = await this.connection.jetstream.consumers.info(EVENT_STREAM, PREFIX + name);
      // The server reports a single filter in another field than several.
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

  /** `null` when there is no such group. */
  async state(name: string): Promise<GroupState | null> {
    try {
      const info = await this.connection.jetstream.consumers.info(EVENT_STREAM, PREFIX + name);
      return { waiting: info.num_pending, underWay: info.num_ack_pending };
    } catch (error) {
      if (jetStreamCode(error) === JETSTREAM_CODE.consumerNotFound) return null;
      throw storageError(error);
    }
  }

  /** Takes part until the membership ends; supervised: it survives restarts of the broker, and waits for a group that is not there. */
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
  // Who gives an event up is decided by the members, who can say so to somebody: the server would drop it silently.
  return { filter_subjects: [...filters], ack_wait: nanos(ackWaitMs), max_ack_pending: maxUnderWay, max_deliver: -1 };
}
