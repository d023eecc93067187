import {
  decodeJsonRecord,
  encodeJsonRecord,
  EVENT_STREAM,
  eventFilter,
  PURGED_KEY,
  REGISTRY_BUCKET,
  WabusError,
  type SessionId
} from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { JETSTREAM_CODE, jetStreamCode, storageError } from '../errors/broker-error.mapper.js';
import { KeyValue } from '../key-value/key-value.js';
import { streamIdentity } from '../streams/logged-event.codec.js';
import { firstOf, purgeBegins, type PurgedPart } from './purged-part.policy.js';

/** Removes the events of a session, and remembers which part of the log's beginning is missing for no other reason. */
export class LogPurge {
  private readonly registry: KeyValue;

  constructor(private readonly connection: NatsConnection) {
    this.registry = new KeyValue(connection, { name: REGISTRY_BUCKET });
  }

  /** Settles when no event of the session is in the log. An interrupted purge must be started again. */
  async purge(session: SessionId): Promise<void> {
    const { streams } = this.connection.jetstream;
    try {
      const before = await streams.info(EVENT_STREAM);
      const stream = streamIdentity(before.created);
      const part = purgeBegins(await this.part(), stream, before.state.first_seq);
      await this.note(part);
      await streams.purge(EVENT_STREAM, { filter: eventFilter({ session }) });
      await this.note({ ...part, to: (await streams.info(EVENT_STREAM)).state.first_seq });
    } catch (error) {
      throw storageError(error);
    }
  }

  /** The first sequence of the log as a reader at `after` should see it. */
  async first(after: number, extent: { readonly stream: string; readonly first: number }): Promise<number> {
    if (extent.first <= after + 1) return extent.first;
    return firstOf(await this.part(), extent.stream, extent.first);
  }

  private async part(): Promise<PurgedPart | null> {
    const entry = await this.registry.get(PURGED_KEY).catch((error: unknown) => {
      // Where there are no sessions none was deleted.
      if (error instanceof WabusError && jetStreamCode(error.cause) === JETSTREAM_CODE.streamNotFound) return null;
      throw error;
    });
    return entry && decodeJsonRecord<PurgedPart>(entry.value, isPart);
  }

  private async note(part: PurgedPart): Promise<void> {
    await this.registry.put(PURGED_KEY, encodeJsonRecord(part));
  }
}

/** Without a readable record the beginning of the log counts as lost: readers get a gap reported rather than none. */
const isPart = ({ stream, from, to }: Partial<PurgedPart>): boolean =>
  typeof stream === 'string' && typeof from === 'number' && (to === null || typeof to === 'number');
