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

/** Removes the events of a session and records which part of the log's beginning is missing only because of that. */
export class LogPurge {
  private readonly registry: KeyValue;

  constructor(private readonly connection: NatsConnection) {
    this.registry = new KeyValue(connection, { name: REGISTRY_BUCKET });
  }

  /** Resolves when the log has no more events of the session. Run an interrupted purge again. */
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

  /** Returns the first sequence of the log from the point of view of a reader at `after`. */
  async first(after: number, extent: { readonly stream: string; readonly first: number }): Promise<number> {
    if (extent.first <= after + 1) return extent.first;
    return firstOf(await this.part(), extent.stream, extent.first);
  }

  private async part(): Promise<PurgedPart | null> {
    const entry = await this.registry.get(PURGED_KEY).catch((error: unknown) => {
      // Without the registry there are no sessions, so none was deleted.
      if (error instanceof WabusError && jetStreamCode(error.cause) === JETSTREAM_CODE.streamNotFound) return null;
      throw error;
    });
    return entry && decodeJsonRecord<PurgedPart>(entry.value, isPart);
  }

  private async note(part: PurgedPart): Promise<void> {
    await this.registry.put(PURGED_KEY, encodeJsonRecord(part));
  }
}

/** Without a readable record, the beginning of the log counts as lost: readers see a false gap rather than miss a real one. */
const isPart = ({ stream, from, to }: Partial<PurgedPart>): boolean =>
  typeof stream === 'string' && typeof from === 'number' && (to === null || typeof to === 'number');
