import { AckPolicy, DeliverPolicy, ReplayPolicy, type ConsumerConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { decodeCursor, EVENT_STREAM, WabusError } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats.connection.js';
import { putConsumer } from '../streams/consumer.creation.js';
import { jetStreamCode, JETSTREAM_CODE, storageError } from '../errors/broker-error.mapper.js';
import { streamIdentity } from '../event-log/logged-event.codec.js';
import { EventGroups, type GroupMember, type GroupStart, type GroupState, type GroupTerms, type Membership } from './event-groups.js';
import { NatsMembership } from './nats.membership.js';

const PREFIX = 'group_';

/** Groups on durable pull consumers of the event stream, one for each group; every member pulls from the same one. */
export class NatsEventGroups extends EventGroups {
  private readonly memberships = new Set<NatsMembership>();

  constructor(private readonly connection: NatsConnection) {
    super();
  }

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

  async change(name: string, terms: GroupTerms): Promise<void> {
    try {
      const { config } = await this.connection.jetstream.consumers.info(EVENT_STREAM, PREFIX + name);
      // The server tells a single filter in another field than it takes several.
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

  async state(name: string): Promise<GroupState | null> {
    try {
      const info = await this.connection.jetstream.consumers.info(EVENT_STREAM, PREFIX + name);
      return { waiting: info.num_pending, underWay: info.num_ack_pending };
    } catch (error) {
      if (jetStreamCode(error) === JETSTREAM_CODE.consumerNotFound) return null;
      throw storageError(error);
    }
  }

  join(name: string, member: GroupMember): Membership {
    const membership = new NatsMembership(this.connection, PREFIX + name, member);
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
          throw new WabusError('INVALID_REQUEST', { message: 'This is not a cursor of this event log.', details: { field: 'since' } });
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
